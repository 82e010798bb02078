namespace Dressora.Web.Pictures;

/// <summary>So many work at once, and so many more may wait; whoever comes then is told that it is busy.</summary>
internal sealed class Turns(int atOnceMax, int waitingMax) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(atOnceMax, atOnceMax);
    private int _inside;

    internal async Task<T> TakeAsync<T>(Func<Task<T>> work, T busy, CancellationToken cancel)
    {
        if (Interlocked.Increment(ref _inside) > atOnceMax + waitingMax)
        {
            Interlocked.Decrement(ref _inside);
            return busy;
        }

        try
        {
            await _turns.WaitAsync(cancel);
            try
            {
                return await work();
            }
            finally
            {
                _turns.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _inside);
        }
    }

    public void Dispose() => _turns.Dispose();
}
