using System.Diagnostics;
using System.Text.Json;
using Dressora.Web.Pictures;
using Pipe = Dressora.Web.Pictures.Wire;

namespace Dressora.Web.Providers.Tailor;

/// <summary>What came of an order; null where the child failed.</summary>
internal sealed record TailorWork(TailorReply? Reply, Pixels? Picture, Excess? Excess = null, bool IsBusy = false, long PeakBytes = 0);

/// <summary>One piece of work at a time, each in a child process of its own that makes way for everybody else.</summary>
internal sealed partial class TailorBench(ModelFiles files, ILogger<TailorBench> log) : IDisposable
{
    internal static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(20);
    private const long MemoryMax = 512L * 1024 * 1024;
    private const int WaitingMax = 8;
    private const int ThreadsMax = 2;

    private readonly Turns _turns = new(1, WaitingMax);

    internal bool IsReady => files.AreThere && Darkroom.HasLibrary;

    public void Dispose() => _turns.Dispose();

    internal Task<TailorWork> WorkAsync(Pixels? person, Pixels? garment, bool fits, CancellationToken cancel, int threads = ThreadsMax) =>
        _turns.TakeAsync(() => AskAsync(person, garment, fits, threads, cancel), new TailorWork(null, null, IsBusy: true), cancel);

    private async Task<TailorWork> AskAsync(Pixels? person, Pixels? garment, bool fits, int threads, CancellationToken cancel)
    {
        using var process = Start();
        if (process is null)
            return new TailorWork(null, null);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
        var order = new TailorOrder(files.Folder, Math.Min(threads, Environment.ProcessorCount), SizeOf(person), SizeOf(garment), fits);
        await using var watch = new Watch(process, TimeMax, MemoryMax, cancel);
        try
        {
            ReadOnlyMemory<byte>[] blobs = [.. new[] { person, garment }.OfType<Pixels>().Select(pixels => (ReadOnlyMemory<byte>)pixels.Bytes)];
            await Pipe.WriteAsync(process.StandardInput.BaseStream, order, TailorJson.Default.TailorOrder, blobs, CancellationToken.None);
            var (reply, made) = await Pipe.ReadAsync(process.StandardOutput.BaseStream, TailorJson.Default.TailorReply, TailorChild.BytesMax, CancellationToken.None);
            var picture = reply.Picture is { } size && made is [var bytes] ? new Pixels(size.Width, size.Height, size.Bands, bytes) : null;
            Log.Worked(log, watch.Peak);
            return new TailorWork(reply, picture is { IsWhole: true } ? picture : null, PeakBytes: watch.Peak);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or JsonException or ObjectDisposedException)
        {
            cancel.ThrowIfCancellationRequested();
            Log.Broke(log, watch.Verdict?.ToString() ?? e.Message);
            return new TailorWork(null, null, watch.Verdict);
        }
        finally
        {
            Watch.End(process);
        }
    }

    private static Process? Start()
    {
        try
        {
            var process = Process.Start(ChildStart.Ours(TailorChild.Verb))!;
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
            return process;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return null;
        }
    }

    private static TailorPixels? SizeOf(Pixels? pixels) => pixels is null ? null : new TailorPixels(pixels.Width, pixels.Height, pixels.Bands);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "The tailor worked with at most {Bytes} bytes")]
        public static partial void Worked(ILogger logger, long bytes);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The tailor broke off: {Why}")]
        public static partial void Broke(ILogger logger, string why);
    }
}
