namespace Dressora.Web.Generation;

/// <summary>Wakes a worker when there is something to do; workers look by themselves now and then too.</summary>
public sealed class JobBell : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    public void Ring()
    {
        try
        {
            _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // Rung already: one look finds all there is.
        }
    }

    public void Dispose() => _rung.Dispose();

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _rung.WaitAsync(atMost, cancel);
}
