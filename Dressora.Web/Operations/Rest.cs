namespace Dressora.Web.Operations;

/// <summary>
/// When the house has gone quiet, what the last busy hour left behind goes back to the machine: a small server has other
/// things to do with it, and the collector alone only looks when it is asked for more.
/// </summary>
internal sealed class Rest : IDisposable
{
    private const long QuietBytes = 2 * 1024 * 1024;
    private const long WorthBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(20);

    private readonly ITimer _timer;
    private long _before;
    private long _atRest;

    internal Rest(TimeProvider clock) => _timer = clock.CreateTimer(_ => LookAround(), null, Look, Look);

    public void Dispose() => _timer.Dispose();

    private void LookAround()
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var isQuiet = allocated - _before < QuietBytes;
        _before = allocated;
        if (!isQuiet || allocated - _atRest < WorthBytes)
            return;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _atRest = allocated;
    }
}
