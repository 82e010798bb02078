using Dressora.Tests.Harness;
using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Media;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Dressora.Tests.Media;

/// <summary>The life of a process that keeps and deletes files and is going to be killed, and the look at what it left.</summary>
internal static class MediaLife
{
    internal const string Begun = "begun", Stored = "stored", Marked = "marked";
    private const int Callers = 4;
    private const int BytesMax = 20_000;

    /// <summary>Keeps and deletes until it dies, or stops dead at the moment it is told.</summary>
    internal static async Task<int> RunAsync(string folder, string moment)
    {
        await using var app = Open(folder, TimeProvider.System);
        await app.Services.GetRequiredService<Migrator>().MigrateAsync();
        var owner = await OwnerAsync(app);
        await Console.Out.WriteLineAsync(Begun);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => LiveAsync(app, owner, moment, new Random(caller)))));
        return 0;
    }

    /// <summary>The house as the next start finds it, two days later.</summary>
    internal static WebApplication Open(string folder, TimeProvider clock)
    {
        new DataFolder(folder).Create();
        return Web.Program.Build([$"--data={folder}", "--Logs:FilesKept=0", "--Logs:Level=Error"], builder =>
        {
            builder.Logging.ClearProviders();
            builder.Services.Replace(ServiceDescriptor.Singleton(clock));
        });
    }

    /// <summary>Keys of blobs that no kept row has, and of kept rows that have no blob.</summary>
    internal static async Task<(List<string> Orphans, List<string> Lost, int Kept)> LookAsync(WebApplication app)
    {
        var (blobs, rows) = (new List<string>(), new List<string>());
        await foreach (var blob in app.Services.GetRequiredService<IBlobStore>().ListAsync("", default))
            blobs.Add(blob.Key);
        await using var db = app.Services.GetRequiredService<Database>().OpenReader();
        rows.AddRange(await db.MediaItems.Where(i => i.State == MediaState.Kept).Select(i => i.BlobKey).ToListAsync());
        return ([.. blobs.Except(rows)], [.. rows.Except(blobs)], rows.Count);
    }

    private static async Task LiveAsync(WebApplication app, long owner, string moment, Random random)
    {
        var (media, database) = (app.Services.GetRequiredService<MediaStore>(), app.Services.GetRequiredService<Database>());
        var deletions = app.Services.GetRequiredService<Deletions>();
        var kept = new Queue<string>();
        while (true)
        {
            var bytes = new byte[random.Next(1, BytesMax)];
            random.NextBytes(bytes);
            var id = BlobKeys.NewId();
            var stored = await media.StoreAsync(owner, id, BlobKeys.Upload(owner, id, "mp4"), FileTypes.Mp4, new MemoryStream(bytes), null, default);
            await StopAsync(moment, Stored, kept.Count > 3);
            await database.WriteAsync(write => media.Keep(write, stored, Purpose.Result));
            kept.Enqueue(id);
            if (kept.Count <= 5)
                continue;
            await media.DeleteAsync(owner, kept.Dequeue());
            await StopAsync(moment, Marked, true);
            await deletions.SweepAsync(default);
        }
    }

    private static async Task StopAsync(string moment, string here, bool now)
    {
        if (moment != here || !now)
            return;
        await Console.Out.WriteLineAsync(here);
        await Task.Delay(Timeout.Infinite);
    }

    private static Task<long> OwnerAsync(WebApplication app) => app.Services.GetRequiredService<Database>().WriteAsync(async write =>
    {
        if (await write.Db.Users.FirstOrDefaultAsync() is { } there)
            return there.Id;
        var address = Address.Read("asha@example.org")!;
        var person = new AppUser(address.Email, address.Normalized, write.Now);
        write.Db.Users.Add(person);
        await write.SaveAsync();
        return person.Id;
    });
}
