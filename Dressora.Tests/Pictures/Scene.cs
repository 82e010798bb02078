using Dressora.Web.Pictures;

namespace Dressora.Tests.Pictures;

/// <summary>Pictures made here, of every kind there is, and ways to put things into them.</summary>
internal static unsafe class Scene
{
    internal static readonly byte[] Red = [220, 20, 20];
    internal static readonly byte[] Green = [20, 200, 20];
    internal static readonly byte[] Blue = [20, 20, 220];
    internal static readonly byte[] White = [250, 250, 250];

    /// <summary>Hills and noise: it costs a codec what a photo does.</summary>
    internal static Pixels Photo(int width, int height)
    {
        var (bytes, noise) = (new byte[width * height * 3], new Random(7));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var at = ((y * width) + x) * 3;
                var grain = noise.Next(24);
                bytes[at] = (byte)((x * 200 / width) + grain);
                bytes[at + 1] = (byte)((y * 200 / height) + grain);
                bytes[at + 2] = (byte)(100 + (60 * Math.Sin((x + y) / 40.0)) + grain);
            }
        }

        return new Pixels(width, height, 3, bytes);
    }

    /// <summary>Red and green above, blue and white below: it shows which way is up.</summary>
    internal static Pixels Corners(int width, int height)
    {
        var bytes = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var colour = y < height / 2 ? (x < width / 2 ? Red : Green) : x < width / 2 ? Blue : White;
                colour.CopyTo(bytes, ((y * width) + x) * 3);
            }
        }

        return new Pixels(width, height, 3, bytes);
    }

    internal static byte[] Jpeg(Pixels pixels, bool progressive = false) =>
        Encode(pixels, "jpegsave_buffer", ("Q", "90"), ("interlace", progressive ? "true" : "false"));

    internal static byte[] Encode(Pixels pixels, string saver, params (string, string)[] arguments)
    {
        Assert(VipsLibrary.IsThere);
        fixed (byte* data = pixels.Bytes)
        {
            using var image = VipsImage.Over(data, pixels.Width, pixels.Height, pixels.Bands);
            return image.Encode(saver, arguments);
        }
    }

    /// <summary>One file of every kind that is taken.</summary>
    internal static byte[] Of(string kind, Pixels pixels) => kind switch
    {
        "jpeg" => Jpeg(pixels),
        "progressive" => Jpeg(pixels, progressive: true),
        "png" => Png.Picture(pixels.Width, pixels.Height, pixels.Bytes),
        "webp" => Encode(pixels, "webpsave_buffer", ("Q", "80")),
        "lossless" => Encode(pixels, "webpsave_buffer", ("lossless", "true")),
        "heic" => Encode(pixels, "heifsave_buffer", ("compression", "hevc"), ("effort", "0")),
        "avif" => Encode(pixels, "heifsave_buffer", ("compression", "av1"), ("effort", "0")),
        _ => throw new ArgumentException(kind),
    };

    /// <summary>A JPEG with one more segment behind its first two bytes.</summary>
    internal static byte[] With(byte[] jpeg, byte marker, byte[] body) =>
    [
        .. jpeg[..2], 0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body, .. jpeg[2..],
    ];

    internal static byte[] WithExif(byte[] jpeg, int orientation, byte[]? thumbnail = null) =>
        With(jpeg, 0xE1, [.. "Exif\0\0"u8, .. Exif.Of(orientation, thumbnail)]);

    private static void Assert(bool isThere)
    {
        if (!isThere)
            throw new InvalidOperationException("libvips is not installed: sudo apt-get install -y libvips42");
    }
}
