using System.IO.Compression;
using Xunit;

namespace Dressora.Tests.Pictures;

/// <summary>libvips brings a hundred libraries along; this process must not notice.</summary>
public sealed class VipsLibraryTests
{
    private const int Best = 11;
    private const int Window = 22;

    /// <summary>It proves most when it runs alone: then nothing was packed before libvips came.</summary>
    [Fact]
    public void A_page_is_packed_after_a_picture_was_made_here()
    {
        var picture = Scene.Photo(64, 64);
        Scene.Of("jpeg", picture);

        var packed = new byte[BrotliEncoder.GetMaxCompressedLength(picture.Bytes.Length)];
        Assert.True(BrotliEncoder.TryCompress(picture.Bytes, packed, out var length, Best, Window));

        using var unpacked = new MemoryStream();
        new BrotliStream(new MemoryStream(packed, 0, length), CompressionMode.Decompress).CopyTo(unpacked);
        Assert.Equal(picture.Bytes, unpacked.ToArray());
    }
}
