using System.Diagnostics;
using System.Globalization;

namespace Dressora.Web.Pictures;

internal enum Excess
{
    Time,
    Memory,
}

/// <summary>
/// Ends a process that takes too long or too much, and with it every wait for its pipes. A real process hangs in real
/// time, so this one does not ask the TimeProvider.
/// </summary>
internal sealed class Watch : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    private readonly Process _process;
    private readonly CancellationTokenSource _done = new();
    private readonly CancellationTokenSource _over;
    private readonly CancellationToken _cancel;
    private readonly Task _looking;

    internal Watch(Process process, TimeSpan timeMax, long memoryMax, CancellationToken cancel)
    {
        (_process, _cancel) = (process, cancel);
        _over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        _over.CancelAfter(timeMax);
        _looking = LookAsync(memoryMax);
    }

    internal Excess? Verdict { get; private set; }

    /// <summary>The most that was seen resident.</summary>
    internal long Peak { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _looking;
        _over.Dispose();
        _done.Dispose();
    }

    internal static void End(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    internal static long Resident(int processId)
    {
        try
        {
            var pages = File.ReadAllText($"/proc/{processId}/statm").Split(' ')[1];
            return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            return 0;
        }
    }

    private async Task LookAsync(long memoryMax)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_done.Token, _over.Token);
        while (!_process.HasExited)
        {
            Peak = Math.Max(Peak, Resident(_process.Id));
            if (Peak > memoryMax)
                Stop(Excess.Memory);
            await Task.Delay(Look, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_done.IsCancellationRequested)
                return;
            if (_over.IsCancellationRequested)
                Stop(_cancel.IsCancellationRequested ? null : Excess.Time);
        }
    }

    private void Stop(Excess? verdict)
    {
        Verdict ??= verdict;
        End(_process);
    }
}
