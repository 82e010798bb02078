using System.Diagnostics;
using System.Text.Json;

namespace Dressora.Web.Pictures;

/// <summary>A child of this program that reads the files nobody should read: warm, one order at a time, and expendable.</summary>
internal sealed class Apprentice : IDisposable
{
    /// <summary>A start is slow on a machine that is busy with something else.</summary>
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(20);
    private const long Megabyte = 1024 * 1024;

    /// <summary>Nobody lets go of the pipes by himself: the watch ends the process, and with it they break.</summary>
    private static readonly CancellationToken Watched = CancellationToken.None;

    private readonly Process _process;
    private readonly PictureLimits _limits;
    private long _memoryMax = long.MaxValue;

    private Apprentice(Process process, PictureLimits limits)
    {
        (_process, _limits) = (process, limits);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
    }

    internal int Id => _process.Id;
    internal int Orders { get; private set; }
    internal long IdleSince { get; set; }
    internal bool HasLibrary { get; private set; }
    internal bool IsAlive { get; private set; } = true;

    private Stream To => _process.StandardInput.BaseStream;
    private Stream From => _process.StandardOutput.BaseStream;

    /// <summary>Null when no child can run here, or not now.</summary>
    internal static async Task<Apprentice?> StartAsync(ProcessStartInfo start, PictureLimits limits, CancellationToken cancel)
    {
        Process? process;
        try
        {
            process = Process.Start(start);
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            return null;
        }

        var apprentice = new Apprentice(process!, limits);
        if (await apprentice.GreetAsync(cancel))
            return apprentice;
        apprentice.Dispose();
        cancel.ThrowIfCancellationRequested();
        return null;
    }

    /// <summary>Null when it died for no reason that we saw; then it is dead, as after every other surprise.</summary>
    internal async Task<Delivery?> WorkAsync(Order order, ReadOnlyMemory<byte>? bytes, CancellationToken cancel)
    {
        Orders++;
        var watch = new Watch(_process, _limits.TimeMax, _memoryMax, cancel);
        await using (watch)
        {
            try
            {
                await Wire.WriteAsync(To, order, WireJson.Default.Order, bytes is { } given ? [given] : [], Watched);
                var (delivery, blobs) = await Wire.ReadAsync(From, WireJson.Default.Delivery, _limits.AnswerBytesMax, Watched);
                delivery = delivery with { Blobs = blobs };
                if (delivery.Answers(order))
                    return delivery;
            }
            catch (Exception e) when (IsItsFault(e))
            {
                // What it was is seen from the watch.
            }
        }

        Dispose();
        cancel.ThrowIfCancellationRequested();
        return watch.Verdict switch
        {
            Excess.Time => Delivery.Refused(PictureFault.TooSlow),
            Excess.Memory => Delivery.Refused(PictureFault.TooBig),
            _ => watch.Peak > _memoryMax / 4 * 3 ? Delivery.Refused(PictureFault.TooBig) : null,
        };
    }

    public void Dispose()
    {
        if (!IsAlive)
            return;
        IsAlive = false;
        Watch.End(_process);
        _process.Dispose();
    }

    private async Task<bool> GreetAsync(CancellationToken cancel)
    {
        await using var watch = new Watch(_process, StartMax, long.MaxValue, cancel);
        try
        {
            await Wire.WriteAsync(To, _limits, WireJson.Default.PictureLimits, [], Watched);
            var (hello, _) = await Wire.ReadAsync(From, WireJson.Default.Hello, 0, Watched);
            HasLibrary = hello.HasLibrary;
            _memoryMax = Watch.Resident(_process.Id) + (_limits.MemoryMegabytesMax * Megabyte);
            return true;
        }
        catch (Exception e) when (IsItsFault(e))
        {
            return false;
        }
    }

    private static bool IsItsFault(Exception e) =>
        e is IOException or InvalidDataException or JsonException or ObjectDisposedException or NotSupportedException;
}
