using Dressora.Web.Media;
using Dressora.Web.Outbound;
using Dressora.Web.Providers;

namespace Dressora.Web.Generation;

/// <param name="CanTryAgain">Something was not there that may be there later: a fresh address, a working store.</param>
internal sealed record Collected(IReadOnlyList<StoredFile> Files, bool CanTryAgain, bool StoreIsDown, string Why);

/// <summary>Fetches what makers made, from nowhere but where their results may lie, and puts it into our storage.</summary>
internal sealed class Collector(ResultStore results, Fetcher fetcher, TimeProvider clock)
{
    /// <summary>A maker's own stream that never ends holds nobody up for longer than this.</summary>
    private static readonly TimeSpan OwnMax = TimeSpan.FromMinutes(1);

    internal async Task<Collected> CollectAsync(
        Job job, IProvider provider, IReadOnlyList<ProviderOutput> outputs, CancellationToken cancel)
    {
        var (files, again, down, why) = (new List<StoredFile>(), false, false, "");
        foreach (var output in outputs.Take(job.Count))
        {
            var name = $"final_v{files.Count + 1}";
            switch (await TakeAsync(job, provider, output, (content, max, stop) => results.TakeAsync(job.UserId, job.Id, name, content, max, stop), cancel))
            {
                case Taken.Kept(var file):
                    files.Add(file);
                    break;
                case Taken.Bad(var fault):
                    why = fault;
                    break;
                case Taken.Later(var fault, var isStore):
                    (again, down, why) = (true, isStore, fault);
                    break;
            }
        }

        return new Collected(files, again, down, why);
    }

    /// <summary>Null when it cannot be had: an early picture is nice and never a reason to fail.</summary>
    internal async Task<StoredFile?> PreviewAsync(Job job, IProvider provider, ProviderOutput preview, CancellationToken cancel) =>
        await TakeAsync(job, provider, preview, (content, max, stop) => results.TakePreviewAsync(job.UserId, job.Id, content, max, stop), cancel)
            is Taken.Kept(var file) ? file : null;

    private async Task<Taken> TakeAsync(
        Job job, IProvider provider, ProviderOutput output, Func<Stream, long, CancellationToken, Task<Taken>> take, CancellationToken cancel)
    {
        var max = ResultStore.BytesMax(job.Kind is JobKind.TryOn or JobKind.Image);
        if (output.Bytes is { } bytes)
        {
            using var content = new MemoryStream(bytes.ToArray(), writable: false);
            return await take(content, max, cancel);
        }

        if (output.Address is not { } address)
            return new Taken.Bad("a result without bytes and without an address");
        if (provider is IFetchesResults own)
            return await TakeOwnAsync(own, address, (content, stop) => take(content, max, stop), cancel);
        if (!IsAllowed(address, provider.Traits.ResultHosts))
            return new Taken.Bad("the result lies at a host that is not the maker's");
        switch (await fetcher.FetchAsync(address.AbsoluteUri, max, cancel))
        {
            case Fetched.Body body:
                using (var content = new MemoryStream(body.Bytes, writable: false))
                    return await take(content, max, cancel);
            case Fetched.Refused { Fault: FetchFault.TooManyBytes }:
                return new Taken.Bad("the result is larger than a result may be");
            case Fetched.Refused refused:
                return new Taken.Later($"the result could not be fetched: {refused.Fault}", false);
            default:
                return new Taken.Bad("the result could not be fetched");
        }
    }

    private async Task<Taken> TakeOwnAsync(
        IFetchesResults own, Uri address, Func<Stream, CancellationToken, Task<Taken>> take, CancellationToken cancel)
    {
        using var time = new CancellationTokenSource(OwnMax, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancel);
        try
        {
            await using var content = await own.OpenResultAsync(address, both.Token);
            return content is null ? new Taken.Later("the maker's result is not there", false) : await take(content, both.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return new Taken.Later("the result came too slowly", false);
        }
    }

    private static bool IsAllowed(Uri address, IReadOnlyList<string> hosts) => hosts.Any(host => host.StartsWith('.')
        ? address.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase)
        : string.Equals(address.Host, host, StringComparison.OrdinalIgnoreCase));
}
