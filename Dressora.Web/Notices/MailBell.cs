namespace Dressora.Web.Notices;

/// <summary>Wakes the sender when a letter was posted; it looks by itself now and then too.</summary>
public sealed class MailBell : IDisposable
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
            // Rung already: one look finds every letter.
        }
    }

    public void Dispose() => _rung.Dispose();

    public Task WaitAsync(TimeSpan atMost, CancellationToken cancel) => _rung.WaitAsync(atMost, cancel);
}
