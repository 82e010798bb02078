namespace Dressora.Web.Media;

/// <summary>Wakes whoever deletes; many rings before it wakes are one.</summary>
public sealed class DeletionBell : IDisposable
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
            // Rung already: one look finds everything that is due.
        }
    }

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _rung.WaitAsync(atMost, cancel);

    public void Dispose() => _rung.Dispose();
}
