using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using Dressora.Tests.Harness;
using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace Dressora.Tests.Generation;

/// <summary>
/// Real servers that are killed as a power cut would, with work in every stage. DRESSORA_SOAK_KILLS is how often,
/// DRESSORA_SOAK_JOBS how many jobs; 2 and 24 when nobody says.
/// </summary>
public sealed class ServerKillTests(ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    private const int Price = 20;
    private const int Ill = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private static readonly int Kills = Number("DRESSORA_SOAK_KILLS", 2);
    private static readonly int Jobs = Number("DRESSORA_SOAK_JOBS", 24);

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(20311);
    private WorkerSimulator _machine = null!;

    public async Task InitializeAsync()
    {
        _machine = await WorkerSimulator.OpenAsync();
        _machine.Pace = TimeSpan.FromMilliseconds(400);
        _machine.Choose = body => body.Contains("a fifth goes wrong", StringComparison.Ordinal) ? Scenario.RefuseInput : default;
    }

    public async Task DisposeAsync() => await _machine.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_server_that_is_killed_again_and_again_ends_every_job_and_charges_for_what_is_there()
    {
        var data = _folder["data"];
        var (server, client) = await OpenAsync(data);
        client.DefaultRequestHeaders.Authorization = new("Bearer", await PersonAsync(data));
        var asked = 0;
        for (var round = 0; round <= Kills; round++)
        {
            for (var until = Jobs * (round + 1) / (Kills + 1); asked < until; asked++)
                await AskAsync(client, asked);
            if (round == Kills)
                break;
            await Task.Delay(_random.Next(0, 1_500));
            await server.KillAsync();
            await server.DisposeAsync();
            var key = client.DefaultRequestHeaders.Authorization;
            client.Dispose();
            (server, client) = await OpenAsync(data);
            client.DefaultRequestHeaders.Authorization = key;
        }

        await EnsureAsync(data, client);
        client.Dispose();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Of_two_servers_on_one_database_one_is_killed_and_nothing_is_lost_or_doubled()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        foreach (var folder in new[] { _folder["a"], Path.Combine(_folder["a"], "media"), _folder["b"] })
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateSymbolicLink(Path.Combine(_folder["b"], "media"), Path.Combine(_folder["a"], "media"));
        string[] settings = [.. database.Settings];
        var (first, one) = await OpenAsync(_folder["a"], settings);
        var (second, other) = await OpenAsync(_folder["b"], settings);
        await using (first)
        await using (second)
        using (one)
        using (other)
        {
            var key = await PersonAsync(_folder["a"], settings);
            one.DefaultRequestHeaders.Authorization = other.DefaultRequestHeaders.Authorization = new("Bearer", key);
            for (var n = 0; n < Jobs; n++)
                await AskAsync(n % 2 == 0 ? one : other, n);
            await UntilAsync(one, jobs => jobs.Count(IsOver) >= Jobs / 4);
            await second.KillAsync();
            // What its leases would wait for.
            await using (var beside = new NpgsqlConnection(database.ConnectionString))
            {
                await beside.OpenAsync();
                await using var pass = new NpgsqlCommand($"UPDATE jobs SET due_at = 0 WHERE worker LIKE '%:{second.Id}'", beside);
                await pass.ExecuteNonQueryAsync();
            }

            for (var n = 0; n < Jobs; n++)
                await AskAsync(one, n, again: true);
            await EnsureAsync(_folder["a"], one, settings);
        }
    }

    private async Task EnsureAsync(string data, HttpClient client, params string[] settings)
    {
        var jobs = await UntilAsync(client, jobs => jobs.Count == Jobs && jobs.All(IsOver));
        await using var verify = Child.Run(["ledger", "verify", "--json", "--data", data, .. settings]);
        Assert.Equal(0, await verify.EndAsync());
        var book = JsonNode.Parse(verify.Said)!;
        output.WriteLine($"{book.ToJsonString()}; at the machine {_machine.Jobs.Count}");
        var good = Jobs - (Jobs + Ill - 1) / Ill;
        Assert.Equal((Jobs, 0, 0, (long)good * Price), ((int)book["jobs"]!, (int)book["violations"]!, (int)book["held"]!, (long)book["settled"]!));
        Assert.All(jobs, job => Assert.Equal((string)job!["status"]! == "Done" ? Price : 0, (int)job["charged"]!));
        // The machine knows nothing that we do not: whoever was asked for twice was asked under the same number.
        Assert.Subset(jobs.Select(job => (string)job!["id"]!).ToHashSet(), _machine.Jobs.Keys.ToHashSet());
    }

    private static bool IsOver(JsonNode? job) => (string)job!["status"]! is "Done" or "Failed" or "Cancelled";

    private static async Task<IReadOnlyList<JsonNode?>> UntilAsync(HttpClient client, Func<IReadOnlyList<JsonNode?>, bool> isSo)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var jobs = await JobsAsync(client);
            if (isSo(jobs))
                return jobs;
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
                throw new TimeoutException(string.Join('\n', jobs.Select(job => job!.ToJsonString())));
            await Task.Delay(jobs.Count > 50 ? 1_000 : 100);
        }
    }

    /// <summary>All of them, a page after the other.</summary>
    private static async Task<IReadOnlyList<JsonNode?>> JobsAsync(HttpClient client)
    {
        var all = new List<JsonNode?>();
        for (var before = ""; ;)
        {
            var page = JsonNode.Parse(await client.GetStringAsync("/api/jobs" + before))!;
            all.AddRange(page["jobs"]!.AsArray());
            if ((string?)page["before"] is not { } next)
                return all;
            before = "?before=" + next;
        }
    }

    private static async Task AskAsync(HttpClient client, int number, bool again = false)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("try-on"), "module" }, { new StringContent($"job-{number}"), "clientJobId" }, { new StringContent("top"), "category" },
            { new StringContent(number % Ill == 0 ? "a fifth goes wrong" : "linen shirt"), "description" }, { new StringContent("true"), "states" },
            { new ByteArrayContent(Photos.Of(seed: 7)), "person", "me.jpg" },
        };
        var answer = await client.PostAsync("/api/jobs/create", form);
        Assert.True(
            answer.StatusCode == (again ? HttpStatusCode.OK : HttpStatusCode.Accepted), $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    private async Task<(Child Server, HttpClient Client)> OpenAsync(string data, params string[] settings)
    {
        var (server, address) = await Child.ServeAsync(data, [.. _machine.Settings.Select(setting => "--" + setting), "--environment=Measurement",
            "--Site:RateScale=10000", "--Allowances:MonthlyCredits=0", "--Logs:Level=Warning", .. settings]);
        return (server, new HttpClient { BaseAddress = address });
    }

    private static async Task<string> PersonAsync(string data, params string[] settings)
    {
        await using var create = Child.Run(
            ["people", "create", "--email", "asha@example.org", "--credits", $"{Price * 2 * Jobs}", "--api-key", "soak", "--data", data, .. settings]);
        Assert.Equal(0, await create.EndAsync());
        return create.Said.Split('\n').Single(line => line.StartsWith("A key for programs", StringComparison.Ordinal)).Split(": ")[^1].Trim();
    }

    private static int Number(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
