using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace Dressora.Tests.Harness;

/// <summary>Where a simulated company keeps results.</summary>
internal static class SimulatedFiles
{
    private const long HugeBytes = 4L * 1024 * 1024 * 1024;

    /// <summary>A true PNG of a few hundred bytes.</summary>
    internal static readonly byte[] Picture = Png(96, 128);

    internal static async Task SendAsync(HttpContext http, Scenario scenario, ConcurrentQueue<string> complaints)
    {
        if (http.Request.Headers.Authorization.Count > 0)
            complaints.Enqueue("a key was sent to where files lie");
        http.Response.ContentType = "image/png";
        switch (scenario)
        {
            case Scenario.ResultGone:
                http.Response.StatusCode = 403;
                break;
            case Scenario.ResultHtml:
                http.Response.ContentType = "text/html";
                await http.Response.WriteAsync("<html><h1>Expired</h1></html>");
                break;
            case Scenario.ResultTruncated:
                await http.Response.Body.WriteAsync(Picture.AsMemory(0, Picture.Length / 2));
                break;
            case Scenario.ResultHuge:
                await FloodAsync(http);
                break;
            case Scenario.ResultEndless:
                await DripAsync(http);
                break;
            default:
                await http.Response.Body.WriteAsync(Picture);
                break;
        }
    }

    internal static async Task FloodAsync(HttpContext http)
    {
        var piece = new byte[64 * 1024];
        for (var sent = 0L; sent < HugeBytes && !http.RequestAborted.IsCancellationRequested; sent += piece.Length)
            await http.Response.Body.WriteAsync(piece, CancellationToken.None).AsTask().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task DripAsync(HttpContext http)
    {
        for (var i = 0; !http.RequestAborted.IsCancellationRequested; i++)
        {
            await http.Response.Body.WriteAsync(Picture.AsMemory(i % Picture.Length, 1));
            await http.Response.Body.FlushAsync();
            await Task.Delay(200, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static byte[] Png(int width, int height)
    {
        using var rows = new MemoryStream();
        using (var packed = new ZLibStream(rows, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (var y = 0; y < height; y++)
                packed.Write([0, .. Enumerable.Range(0, width).SelectMany(x => new[] { (byte)(x * 2), (byte)(y * 2), (byte)128 })]);
        }

        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 2);
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", head), .. Chunk("IDAT", rows.ToArray()), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string name, byte[] data)
    {
        byte[] named = [.. System.Text.Encoding.ASCII.GetBytes(name), .. data];
        var (length, sum) = (new byte[4], new byte[4]);
        BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(named));
        return [.. length, .. named, .. sum];
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
