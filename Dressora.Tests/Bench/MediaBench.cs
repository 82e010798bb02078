using System.Diagnostics;
using System.Globalization;
using Dressora.Tests.Harness;
using Dressora.Web.Media;

namespace Dressora.Tests.Bench;

/// <summary>Files over real sockets: parts of a film for a hundred at once, and thumbnails from the disk, with the memory it takes.</summary>
internal static class MediaBench
{
    private const int Readers = 100;
    private const int FilmMegabytes = 64;
    private const int PartBytes = 1024 * 1024;
    private const int PhotoCount = 30;
    private static readonly Load Thumbnails = new(Callers: 32, PerSecond: 1_000, For: TimeSpan.FromSeconds(15));

    internal static async Task RunAsync()
    {
        await using var site = await Site.ListenAsync(settings: "Logs:Level=Error");
        var person = await site.PersonAsync();
        using var browser = await site.SignInAsync();
        var film = new byte[FilmMegabytes * 1024 * 1024];
        new Random(1).NextBytes(film);
        var item = await site.FileAsync(person.Id, film);
        var photos = new List<MediaItem>();
        for (var seed = 1; seed <= PhotoCount; seed++)
            photos.Add(await site.PhotoAsync(person.Id, seed));
        var cookies = browser.Cookies.HeaderFor(site.Address);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = Readers })
        {
            BaseAddress = site.Address,
        };
        await PartsAsync(client, cookies, item, film.Length);
        await ThumbnailsAsync(client, cookies, photos);
    }

    private static async Task PartsAsync(HttpClient client, string cookies, MediaItem film, int length)
    {
        var (clock, before, bytes) = (Stopwatch.StartNew(), Memory(), 0L);
        await Task.WhenAll(Enumerable.Range(0, Readers).Select(reader => Task.Run(async () =>
        {
            var random = new Random(reader);
            var buffer = new byte[PartBytes];
            for (var i = 0; i < 20; i++)
            {
                var from = random.Next(length - PartBytes);
                using var request = Ask(MediaAddresses.Of(film.Id), cookies);
                request.Headers.Range = new(from, from + PartBytes - 1);
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                await using var content = await answer.Content.ReadAsStreamAsync();
                await content.ReadExactlyAsync(buffer);
                Interlocked.Add(ref bytes, PartBytes);
            }
        })));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Readers} readers of 1 MB parts   {bytes / clock.Elapsed.TotalSeconds / 1024 / 1024:0} MB/s, memory {before} MB before, {Memory()} MB after (client included)"));
    }

    private static async Task ThumbnailsAsync(HttpClient client, string cookies, List<MediaItem> photos)
    {
        async Task AskAsync(int caller)
        {
            using var request = Ask(MediaAddresses.Of(photos[Random.Shared.Next(photos.Count)].Id, 160), cookies);
            request.Headers.TryAddWithoutValidation("Accept", "image/webp");
            using var answer = await client.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }

        await (Thumbnails with { PerSecond = 200, For = TimeSpan.FromSeconds(4) }).RunAsync(AskAsync);
        var before = Memory();
        var measured = await Thumbnails.RunAsync(AskAsync);
        Console.WriteLine($"{Thumbnails.PerSecond} thumbnails a second    {measured}");
        Console.WriteLine($"                              memory {before} MB before, {Memory()} MB after (client included)");
    }

    private static HttpRequestMessage Ask(string path, string cookies)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Cookie", cookies);
        return request;
    }

    private static long Memory()
    {
        using var here = Process.GetCurrentProcess();
        return here.WorkingSet64 / 1024 / 1024;
    }
}
