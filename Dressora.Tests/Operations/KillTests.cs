using System.Globalization;
using System.Net;
using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Dressora.Tests.Operations;

/// <summary>
/// Processes that are killed as a power cut would, at any moment. How often comes from DRESSORA_KILLS; 20 when nobody says.
/// </summary>
public sealed class KillTests : IDisposable
{
    private const int Steps = 150;
    private const int Seed = 20310304;

    private static readonly int Kills =
        int.Parse(Environment.GetEnvironmentVariable("DRESSORA_KILLS") ?? "20", CultureInfo.InvariantCulture);

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(Seed);

    private string Data => _folder["data"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_first_start_killed_at_any_moment_is_followed_by_one_that_opens()
    {
        for (var kill = 0; kill < (Kills + 3) / 4; kill++)
        {
            await using (var dying = Child.Run("--data", Data, "--urls", $"http://127.0.0.1:{Site.FreePort()}"))
            {
                await Task.Delay(_random.Next(0, 1_200));
                await dying.KillAsync();
            }

            var (child, address) = await Child.ServeAsync(Data);
            await using var server = child;
            using var client = new HttpClient { BaseAddress = address };
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/ready")).StatusCode);
            await child.KillAsync();
            EnsureWhole();
            Directory.Delete(Data, recursive: true);
        }
    }

    [Fact]
    public async Task An_upgrade_killed_again_and_again_arrives_and_its_copy_is_from_before_it_began()
    {
        await EndAsync("upgrade", "0");
        Ask("INSERT INTO spent_puzzles VALUES ('before', 1)");
        var known = Migration.Of("Sqlite").Count;
        var reached = new List<long>();

        for (var kill = 0; kill < Kills; kill++)
        {
            await using var dying = Child.RunAct("upgrade", Data, $"{Steps}");
            await dying.SaysAsync("begun.");
            await Task.Delay(_random.Next(0, 120));
            await dying.KillAsync();
            EnsureWhole();
            reached.Add((long)Ask("SELECT max(number) FROM schema_versions"));
        }

        await EndAsync("upgrade", $"{Steps}");

        Assert.Equal((long)known + Steps, Ask("SELECT max(number) FROM schema_versions"));
        Assert.Equal((long)Steps, Ask("SELECT count(*) FROM sqlite_schema WHERE name LIKE 'step@_%' ESCAPE '@'"));
        Assert.Equal(500L, Ask($"SELECT count(*) FROM step_{known + Steps}"));
        Assert.Equal(reached.Order(), reached);
        var copy = Directory.GetFiles(Path.Combine(Data, "snapshots"), "*.db").Order(StringComparer.Ordinal).First();
        Assert.Equal((long)known, Ask("SELECT max(number) FROM schema_versions", copy));
        Assert.Equal(1L, Ask("SELECT count(*) FROM spent_puzzles", copy));
        Assert.Equal("ok", Ask("PRAGMA integrity_check", copy));
    }

    [Fact]
    public async Task No_acknowledged_write_is_lost_and_none_is_half_there()
    {
        var acknowledged = new HashSet<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var dying = Child.RunAct("write", Data, $"{kill}");
            await dying.SaysAsync("ack ");
            await Task.Delay(_random.Next(0, 150));
            await dying.KillAsync();
            acknowledged.UnionWith(dying.Said.Split('\n')
                .Where(line => line.StartsWith("ack ", StringComparison.Ordinal) && line.EndsWith('.')).Select(line => line[4..^1]));
            EnsureWhole();
        }

        var (first, second) = (Rows('a'), Rows('b'));

        Assert.True(acknowledged.Count >= Kills, $"Only {acknowledged.Count} writes were acknowledged.");
        Assert.Empty(acknowledged.Except(first));
        Assert.Equal(first.Order(), second.Order());
    }

    private async Task EndAsync(params string[] act)
    {
        await using var child = Child.RunAct(act[0], Data, act[1]);
        Assert.Equal(0, await child.EndAsync());
    }

    private void EnsureWhole()
    {
        Assert.Equal("ok", Ask("PRAGMA integrity_check"));
        using var nobody = Web.Operations.Start.MoveIn(new DataFolder(Data), "for a test", out _);
        Assert.NotNull(nobody);
    }

    private HashSet<string> Rows(char half)
    {
        using var connection = Open(Path.Combine(Data, "dressora.db"));
        using var command = new SqliteCommand($"SELECT substr(hash, 2) FROM spent_puzzles WHERE hash LIKE '{half}%'", connection);
        using var rows = command.ExecuteReader();
        var found = new HashSet<string>();
        while (rows.Read())
            found.Add(rows.GetString(0));
        return found;
    }

    private object Ask(string sql, string? file = null)
    {
        using var connection = Open(file ?? Path.Combine(Data, "dressora.db"));
        using var command = new SqliteCommand(sql, connection);
        return command.ExecuteScalar()!;
    }

    private static SqliteConnection Open(string file)
    {
        var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        return connection;
    }
}
