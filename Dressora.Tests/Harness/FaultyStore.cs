using Dressora.Web.Media;
using Microsoft.Extensions.DependencyInjection;

namespace Dressora.Tests.Harness;

/// <summary>A store that does what a test says it does wrong, and everything else right.</summary>
internal sealed class FaultyStore(IBlobStore inner) : IBlobStore
{
    /// <summary>Each call of that kind fails before its effect while this is above zero, and counts it down.</summary>
    internal int PutsFail { get; set; }
    internal int DeletesFail { get; set; }
    internal int OpensFail { get; set; }

    /// <summary>The next put leaves the first half under the key and then fails.</summary>
    internal bool NextPutBreaksOff { get; set; }

    /// <summary>Puts one before the site's own store; ask the site for its <see cref="IBlobStore"/> to reach it.</summary>
    internal static void Install(IServiceCollection services)
    {
        var real = services.Last(one => one.ServiceType == typeof(IBlobStore));
        services.Remove(real);
        services.AddSingleton<IBlobStore>(provider => new FaultyStore((IBlobStore)real.ImplementationFactory!(provider)));
    }

    public async Task PutAsync(string key, Stream content, string type, CancellationToken cancel)
    {
        if (PutsFail > 0)
        {
            PutsFail--;
            throw new StoreFailedException("The store is full.");
        }

        if (!NextPutBreaksOff)
        {
            await inner.PutAsync(key, content, type, cancel);
            return;
        }

        NextPutBreaksOff = false;
        using var all = new MemoryStream();
        await content.CopyToAsync(all, cancel);
        all.SetLength(all.Length / 2);
        all.Position = 0;
        await inner.PutAsync(key, all, type, cancel);
        throw new StoreFailedException("The store broke off.");
    }

    public Task<Blob?> FindAsync(string key, CancellationToken cancel) => inner.FindAsync(key, cancel);

    public Task<Stream?> OpenAsync(string key, long from, long count, CancellationToken cancel)
    {
        if (OpensFail <= 0)
            return inner.OpenAsync(key, from, count, cancel);
        OpensFail--;
        throw new StoreFailedException("The store does not answer.");
    }

    public Task DeleteAsync(string key, CancellationToken cancel)
    {
        if (DeletesFail <= 0)
            return inner.DeleteAsync(key, cancel);
        DeletesFail--;
        throw new StoreFailedException("The store does not let go.");
    }

    public IAsyncEnumerable<Blob> ListAsync(string prefix, CancellationToken cancel) => inner.ListAsync(prefix, cancel);

    public Uri? PresignPut(string key, string type, TimeSpan lifetime) => inner.PresignPut(key, type, lifetime);

    public Uri? PresignGet(string key, TimeSpan lifetime) => inner.PresignGet(key, lifetime);
}
