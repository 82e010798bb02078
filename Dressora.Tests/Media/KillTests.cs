using System.Globalization;
using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Media;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using Xunit.Abstractions;

namespace Dressora.Tests.Media;

/// <summary>
/// A process is killed between bytes and row, between mark and delete, and at any other moment, on the same folder. The next
/// nightly look leaves no file without a row and no row without a file. DRESSORA_MEDIA_KILLS says how often.
/// </summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int LifeMax = 400;
    private static readonly int Kills =
        int.TryParse(Environment.GetEnvironmentVariable("DRESSORA_MEDIA_KILLS"), NumberStyles.None, CultureInfo.InvariantCulture, out var kills) ? kills : 4;

    [Fact]
    public async Task However_it_is_killed_files_and_rows_agree_after_the_next_look()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(Kills);
        var (orphans, waiting) = (0, 0);
        for (var life = 0; life < Kills; life++)
        {
            var moment = life % 4 == 0 ? MediaLife.Stored : life % 4 == 1 ? MediaLife.Marked : "";
            await using (var child = Child.RunAct("media", folder.Path, moment))
            {
                await child.SaysAsync(moment.Length > 0 ? moment : MediaLife.Begun);
                await Task.Delay(moment.Length > 0 ? 20 : random.Next(LifeMax));
                await child.KillAsync();
            }

            var (left, kept) = await LookAsync(folder.Path, life);
            orphans += left;
            waiting += kept;
        }

        output.WriteLine($"{Kills} kills left {orphans} files without a row; {waiting} files kept in all looks");
        Assert.True(orphans > 0, "No kill ever hit the moment between bytes and row.");
    }

    private static async Task<(int Orphans, int Kept)> LookAsync(string folder, int life)
    {
        var clock = new FakeClock();
        clock.Set(DateTimeOffset.UtcNow + TimeSpan.FromDays(2));
        await using var app = MediaLife.Open(folder, clock);
        await app.Services.GetRequiredService<Migrator>().MigrateAsync();
        var before = await MediaLife.LookAsync(app);
        Assert.Empty(before.Lost);

        await app.Services.GetRequiredService<Inventory>().CheckAsync(default);
        clock.Advance(TimeSpan.FromMinutes(10));
        await app.Services.GetRequiredService<Deletions>().SweepAsync(default);

        var after = await MediaLife.LookAsync(app);
        Assert.True(after.Orphans.Count == 0, $"life {life}: {string.Join(", ", after.Orphans)}");
        Assert.True(after.Lost.Count == 0, $"life {life}: {string.Join(", ", after.Lost)}");
        Assert.Equal(before.Kept, after.Kept);
        return (before.Orphans.Count, after.Kept);
    }
}
