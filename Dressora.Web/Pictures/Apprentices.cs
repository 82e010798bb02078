using System.Diagnostics;

namespace Dressora.Web.Pictures;

/// <summary>As many children as may work at once; those with nothing to do wait warm for a while, then go.</summary>
internal sealed partial class Apprentices(
    ProcessStartInfo start, PictureLimits limits, int atOnceMax, TimeProvider clock, ILogger log) : IAsyncDisposable
{
    internal static readonly TimeSpan IdleMax = TimeSpan.FromMinutes(1);
    internal static readonly TimeSpan AloneFor = TimeSpan.FromMinutes(1);

    /// <summary>After so many pictures of strangers a fresh one is worth its start.</summary>
    private const int OrdersMax = 500;
    private const int WaitingMax = 64;

    private readonly Turns _turns = new(atOnceMax, WaitingMax);
    private readonly Lock _lock = new();
    private readonly List<Apprentice> _idle = [];
    private ITimer? _timer;
    private long? _aloneSince;
    private bool _isClosed;

    /// <summary>The processes that wait for work.</summary>
    internal IReadOnlyList<int> IdleIds
    {
        get
        {
            lock (_lock)
                return [.. _idle.Select(idle => idle.Id)];
        }
    }

    internal Task<Delivery> WorkAsync(Order order, ReadOnlyMemory<byte>? bytes, CancellationToken cancel) =>
        _turns.TakeAsync(
            () => TryAsync(order, bytes, isFresh: false, cancel), busy: Delivery.Refused(PictureFault.Busy), cancel);

    public ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            _timer?.Dispose();
            foreach (var idle in _idle)
                idle.Dispose();
            _idle.Clear();
        }

        _turns.Dispose();

        return ValueTask.CompletedTask;
    }

    /// <summary>One that has worked before may have died of something before: then the order is tried once more, in a fresh one.</summary>
    private async Task<Delivery> TryAsync(Order order, ReadOnlyMemory<byte>? bytes, bool isFresh, CancellationToken cancel)
    {
        if (await TakeAsync(isFresh, cancel) is not { } apprentice)
            return await AloneAsync(order, bytes, cancel);
        if (!apprentice.HasLibrary)
        {
            apprentice.Dispose();
            return Delivery.Refused(PictureFault.NoLibrary);
        }

        var delivery = await apprentice.WorkAsync(order, bytes, cancel);
        if (apprentice.IsAlive)
            PutBack(apprentice);
        else
            Log.Ended(log, apprentice.Orders, delivery?.Fault?.ToString() ?? "died");
        if (delivery is null && apprentice.Orders > 1)
            return await TryAsync(order, bytes, isFresh: true, cancel);
        return delivery ?? Delivery.Refused(PictureFault.Broken);
    }

    private async Task<Apprentice?> TakeAsync(bool isFresh, CancellationToken cancel)
    {
        lock (_lock)
        {
            if (!isFresh && _idle.Count > 0)
            {
                var last = _idle[^1];
                _idle.RemoveAt(_idle.Count - 1);
                return last;
            }

            if (_aloneSince is { } since && clock.GetElapsedTime(since) < AloneFor)
                return null;
        }

        var apprentice = await Apprentice.StartAsync(start, limits, cancel);
        lock (_lock)
            _aloneSince = apprentice is null ? clock.GetTimestamp() : null;
        if (apprentice is null)
            Log.Alone(log, AloneFor);
        return apprentice;
    }

    private void PutBack(Apprentice apprentice)
    {
        lock (_lock)
        {
            if (_isClosed || apprentice.Orders >= OrdersMax)
            {
                apprentice.Dispose();
                return;
            }

            apprentice.IdleSince = clock.GetTimestamp();
            _idle.Add(apprentice);
            _timer ??= clock.CreateTimer(_ => EndIdle(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(IdleMax, Timeout.InfiniteTimeSpan);
        }
    }

    private void EndIdle()
    {
        lock (_lock)
        {
            foreach (var idle in _idle.Where(idle => clock.GetElapsedTime(idle.IdleSince) >= IdleMax).ToList())
            {
                idle.Dispose();
                _idle.Remove(idle);
            }

            if (_idle.Count > 0 && !_isClosed)
                _timer?.Change(IdleMax, Timeout.InfiniteTimeSpan);
        }
    }

    private static async Task<Delivery> AloneAsync(Order order, ReadOnlyMemory<byte>? bytes, CancellationToken cancel)
    {
        var read = bytes?.ToArray() ?? await PictureFile.ReadAsync(order.Path!, order.Limits.BytesMax, cancel);
        return read is null
            ? Delivery.Refused(PictureFault.TooManyBytes)
            : await Task.Run(() => Enlarger.Work(order, read), cancel);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "No child could be started to read pictures in; for {For} they are read in this process")]
        internal static partial void Alone(ILogger log, TimeSpan @for);

        [LoggerMessage(LogLevel.Warning, "A child that read pictures ended at its order {Order}: {Why}")]
        internal static partial void Ended(ILogger log, int order, string why);
    }
}
