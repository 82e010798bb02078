using System.Collections.Concurrent;
using System.Text.Json;

namespace Dressora.Web.Providers.EvoLink;

/// <summary>
/// Puts a job's inputs where EvoLink's models can read them. The addresses are remembered for a while: the second attempt
/// at a job must say the same as the first, or its idempotency key counts for nothing.
/// </summary>
internal sealed class EvoLinkFiles(EvoLinkLine line, TimeProvider clock)
{
    private const int JobsMax = 500;
    private static readonly TimeSpan Memory = TimeSpan.FromHours(2);
    private readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    internal async Task<(IReadOnlyList<string> Addresses, ProviderError? Error)> UploadAsync(
        ProviderRequest request, CancellationToken cancel)
    {
        Forget();
        if (_kept.TryGetValue(request.IdempotencyKey, out var kept))
            return (kept.Addresses, null);
        var addresses = new List<string>();
        foreach (var input in request.Inputs)
        {
            var name = $"{request.IdempotencyKey}-{addresses.Count + 1}{Ending(input.Mime)}";
            var (address, error) = Read(await line.UploadAsync(input, name, cancel));
            if (address is null)
                return ([], error);
            addresses.Add(address);
        }

        _kept[request.IdempotencyKey] = new Kept(addresses, clock.GetUtcNow());
        return (addresses, null);
    }

    /// <summary>A 200 may say that it failed.</summary>
    private static (string? Address, ProviderError? Error) Read(Heard heard)
    {
        if (heard is not Heard.Answer answer)
            return (null, ((Heard.Nothing)heard).Error);
        var address = answer.Json?.Child("data")?.Text("file_url");
        if (answer.IsGood && answer.Json?.IsTrue("success") == true && Uri.IsWellFormedUriString(address, UriKind.Absolute))
            return (address, null);
        return (null, answer.Json is { } json ? EvoLinkErrors.OfUpload(answer, json) : WireErrors.Of(answer));
    }

    private void Forget()
    {
        var old = clock.GetUtcNow() - Memory;
        foreach (var (key, kept) in _kept)
        {
            if (kept.At < old || _kept.Count > JobsMax)
                _kept.TryRemove(key, out _);
        }
    }

    private static string Ending(string mime) => mime switch
    {
        "image/png" => ".png",
        "image/webp" => ".webp",
        _ => ".jpg",
    };

    private sealed record Kept(IReadOnlyList<string> Addresses, DateTimeOffset At);
}
