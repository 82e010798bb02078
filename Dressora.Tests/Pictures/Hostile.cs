using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Dressora.Web.Pictures;

namespace Dressora.Tests.Pictures;

/// <summary>Files made to do harm, each with the rule that must refuse it; null where it may be read, if that is all it does.</summary>
internal static class Hostile
{
    internal const string Canary = "CANARY-7f3a";

    private static readonly Lazy<byte[]> Small = new(() => Scene.Jpeg(Scene.Photo(160, 120)));
    private static readonly Lazy<byte[]> Progressive = new(() => Scene.Jpeg(Scene.Photo(160, 120), progressive: true));
    private static readonly Lazy<byte[]> Webp = new(() => Scene.Of("webp", Scene.Photo(160, 120)));
    private static readonly Lazy<byte[]> Heic = new(() => Scene.Of("heic", Scene.Photo(160, 120)));

    internal static readonly IReadOnlyDictionary<string, (Func<byte[]> Make, PictureFault? Fault)> Files =
        new Dictionary<string, (Func<byte[]> Make, PictureFault? Fault)>
        {
            ["nothing"] = (() => [], PictureFault.Empty),
            ["one byte"] = (() => [0xFF], PictureFault.NotAPicture),
            ["26 MB"] = (() => [.. Small.Value, .. new byte[26 << 20]], PictureFault.TooManyBytes),
            ["only a JPEG's first bytes"] = (() => [0xFF, 0xD8, 0xFF], PictureFault.Broken),
            ["only a PNG's first bytes"] = (() => Png.Signature, PictureFault.Broken),
            ["only a WebP's first bytes"] = (() => "RIFF\x10\0\0\0WEBPVP8 "u8.ToArray(), PictureFault.Broken),
            ["only a HEIC's first bytes"] = (() => Heic.Value[..32], PictureFault.Broken),

            ["PNG of 50,000 by 50,000"] = (() => Png.Of(Png.Head(50_000, 50_000, 1, 0), Png.Black(50_000 * 6_251L), Png.End), PictureFault.TooWide),
            ["PNG of 12,000 by 12,000"] = (() => Png.Of(Png.Head(12_000, 12_000, 1, 0), Png.Black(12_000 * 1_501L), Png.End), PictureFault.TooManyPixels),
            ["PNG of 2,147,483,647 by 1"] = (() => Png.Of(Png.Head(int.MaxValue, 1), Png.Black(1), Png.End), PictureFault.TooWide),
            ["PNG of 0 by 0"] = (() => Png.Of(Png.Head(0, 0), Png.Black(1), Png.End), PictureFault.Broken),
            ["PNG of 40 MP, 64 bits a pixel, interlaced"] = (() => Png.Of(Png.Head(6_300, 6_300, 16, 6, interlaced: true), Png.Black(1 << 20), Png.End), PictureFault.TooBig),
            ["PNG of 40 MP"] = (() => Png.Of(Png.Head(6_300, 6_300, 8, 6), Png.Black(6_300L * 25_201), Png.End), null),
            ["JPEG that says 65,535 by 65,535"] = (() => Resized(Small.Value, 65_535, 65_535), PictureFault.TooWide),
            ["JPEG that says 9,000 by 4,000"] = (() => Resized(Small.Value, 9_000, 4_000), PictureFault.Broken),
            ["JPEG that says 0 by 0"] = (() => Resized(Small.Value, 0, 0), PictureFault.Broken),
            ["WebP that says 16,384 by 16,384"] = (() => Canvas(16_383, 16_383, 0), PictureFault.TooWide),
            ["WebP whose canvas is not its frame"] = (() => Canvas(9, 9, 0), null),

            ["PNG of 10,000 frames"] = (() => Png.Of(Png.Head(16, 16), Png.Chunk("acTL", [0, 0, 39, 16, 0, 0, 0, 0]), Png.Black(16 * 49), Png.End), PictureFault.Moving),
            ["WebP that moves"] = (() => Canvas(160, 120, 2), PictureFault.Moving),
            ["HEIC that moves"] = (() => Branded("hevc"), PictureFault.Moving),
            ["AVIF that moves"] = (() => Branded("avis"), PictureFault.Moving),
            ["JPEG of 20,000 scans"] = (ManyScans, null),

            ["PNG with texts of 1 GB"] = (() => Bombed("zTXt", "Comment\0\0"), null),
            ["PNG with international texts of 1 GB"] = (() => Bombed("iTXt", "Comment\0\u0001\0\0\0"), null),
            ["PNG with colour profiles of 1 GB"] = (() => Bombed("iCCP", "sRGB\0\0"), null),
            ["PNG whose data is 300 times too long"] = (() => Png.Of(Png.Head(64, 64), Png.Black(64L * 193 * 30_000), Png.End), null),

            ["JPEG that is also a page"] = (() => Scene.With(Small.Value, 0xFE, "<script>alert('CANARY-7f3a')</script>"u8.ToArray()), null),
            ["JPEG that is also an archive"] = (() => [.. Small.Value, .. Archive()], null),
            ["PNG that is also a program"] = (() => [.. Png.Picture(8, 8, new byte[192]), .. "<?php system('CANARY-7f3a');"u8], null),
            ["GIF that is also a script"] = (() => [.. "GIF89a=1;/*CANARY-7f3a*/"u8], PictureFault.NotAPicture),
            ["PDF with a JPEG in it"] = (() => [.. "%PDF-1.4\n"u8, .. Small.Value], PictureFault.NotAPicture),
            ["page before a JPEG"] = (() => [.. "<html>"u8, .. Small.Value], PictureFault.NotAPicture),

            ["SVG"] = (() => "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"u8.ToArray(), PictureFault.NotAPicture),
            ["SVG that asks for a file"] = (() => Xxe, PictureFault.NotAPicture),
            ["SVG, packed"] = (() => Gzip(Xxe), PictureFault.NotAPicture),
            ["GIF"] = (() => Convert.FromHexString("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"), PictureFault.NotAPicture),
            ["TIFF"] = (() => [.. "II*\0"u8, .. new byte[64]], PictureFault.NotAPicture),
            ["TIFF of the other end"] = (() => [.. "MM\0*"u8, .. new byte[64]], PictureFault.NotAPicture),
            ["BMP"] = (() => [.. "BM"u8, .. new byte[64]], PictureFault.NotAPicture),
            ["PPM"] = (() => "P6 1 1 255 abc"u8.ToArray(), PictureFault.NotAPicture),
            ["MVG"] = (() => "push graphic-context\nimage over 0,0 0,0 'https://example.org/x'"u8.ToArray(), PictureFault.NotAPicture),
            ["ICO"] = (() => [0, 0, 1, 0, 1, .. new byte[64]], PictureFault.NotAPicture),
            ["PSD"] = (() => [.. "8BPS"u8, .. new byte[64]], PictureFault.NotAPicture),
            ["JPEG 2000"] = (() => [.. "\0\0\0\x0cjP  \r\n\x87\n"u8, .. new byte[64]], PictureFault.NotAPicture),
            ["film"] = (() => [.. "\0\0\0\x18ftypmp42\0\0\0\0mp42isom"u8, .. new byte[64]], PictureFault.NotAPicture),
            ["sound in a RIFF"] = (() => [.. "RIFF\x40\0\0\0WAVEfmt "u8, .. new byte[64]], PictureFault.NotAPicture),
            ["library's own format"] = (() => [0x08, 0xF2, 0xA6, 0xB6, .. new byte[128]], PictureFault.NotAPicture),

            ["JPEG whose segment is longer than the file"] = (() => [0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF, .. new byte[64]], PictureFault.Broken),
            ["JPEG of marks alone"] = (() => [0xFF, 0xD8, .. Enumerable.Repeat((byte)0xFF, 1 << 20)], PictureFault.Broken),
            ["PNG whose chunk is 4 GB long"] = (() => Lying(0xFFFFFFFF), PictureFault.Broken),
            ["PNG whose chunk is 2 GB long"] = (() => Lying(0x7FFFFFFF), PictureFault.Broken),
            ["PNG whose chunk is shorter than it is"] = (() => Lying(3), PictureFault.Broken),
            ["WebP that is longer than its file"] = (() => Riff(0x7FFFFFF0), PictureFault.Broken),
            ["WebP that says it is 4 GB long"] = (() => Riff(uint.MaxValue), PictureFault.Broken),
            ["HEIC whose first box has no length"] = (() => [0, 0, 0, 0, .. Heic.Value[4..]], null),
            ["HEIC whose first box is 4 GB long"] = (() => [255, 255, 255, 255, .. Heic.Value[4..]], null),
        };

    private static byte[] Xxe => Encoding.UTF8.GetBytes(
        "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&x;</text></svg>");

    private static byte[] Resized(byte[] jpeg, ushort width, ushort height)
    {
        var bytes = jpeg.ToArray();
        var frame = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0, 0x00, 0x11]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(frame + 5), height);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(frame + 7), width);
        return bytes;
    }

    /// <summary>The last scan of a progressive JPEG again and again.</summary>
    private static byte[] ManyScans()
    {
        var bytes = Progressive.Value;
        var last = bytes.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xDA]);
        var scan = bytes[last..^2];
        return [.. bytes[..last], .. Enumerable.Repeat(scan, 20_000).SelectMany(one => one).Take(24 << 20), 0xFF, 0xD9];
    }

    private static byte[] Canvas(int width, int height, byte flags)
    {
        var simple = Webp.Value.AsSpan(Webp.Value.AsSpan().IndexOf("VP8 "u8)).ToArray();
        byte[] body =
        [
            .. "WEBPVP8X"u8, 10, 0, 0, 0, flags, 0, 0, 0,
            (byte)(width - 1), (byte)((width - 1) >> 8), 0, (byte)(height - 1), (byte)((height - 1) >> 8), 0, .. simple,
        ];
        if (width > 16_000)
            (body[18], body[21]) = (0, 1);
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body];
    }

    private static byte[] Branded(string brand) => [.. Heic.Value[..8], .. Encoding.ASCII.GetBytes(brand), .. Heic.Value[12..]];

    private static byte[] Bombed(string chunk, string head)
    {
        var bomb = Png.Chunk(chunk, [.. Encoding.Latin1.GetBytes(head), .. Png.Zeros(200L << 20)]);
        return Png.Of([Png.Head(16, 16), .. Enumerable.Repeat(bomb, 5), Png.Black(16 * 49), Png.End]);
    }

    private static byte[] Lying(uint length)
    {
        var bytes = Png.Picture(64, 64, new byte[64 * 64 * 3]);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(8 + 25), length);
        return bytes;
    }

    private static byte[] Riff(uint length)
    {
        var bytes = Webp.Value.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), length);
        return bytes;
    }

    private static byte[] Archive()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            using var page = new StreamWriter(archive.CreateEntry("CANARY-7f3a.html", CompressionLevel.NoCompression).Open());
            page.Write("<script>1</script>");
        }

        return bytes.ToArray();
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }
}
