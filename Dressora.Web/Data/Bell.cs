namespace Dressora.Web.Data;

/// <summary>Wakes a worker when there is something to do; it looks by itself now and then too. Many rings are one.</summary>
public abstract class Bell : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    /// <summary>Set where other servers share the work: they are woken as well.</summary>
    internal Action? Elsewhere { get; set; }

    /// <summary>There is something new: whoever has a hand free.</summary>
    public void Ring()
    {
        RingHere();
        Elsewhere?.Invoke();
    }

    /// <summary>Only this server's own worker: a hand got free, or another server rang.</summary>
    internal void RingHere()
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

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _rung.WaitAsync(atMost, cancel);

    public void Dispose()
    {
        _rung.Dispose();
        GC.SuppressFinalize(this);
    }
}
