using System.Text.Json;
using Dressora.Tests.Harness;
using Xunit;

namespace Dressora.Tests.Operations;

/// <summary>What the real program writes to its console and into its files.</summary>
public sealed class LogTests : IDisposable
{
    private const string Email = "canary@example.org";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_letter_is_shown_on_the_console_and_its_link_never_kept()
    {
        var (child, _) = await Child.ServeAsync(_folder.Path);
        await using var server = child;
        await using var verb = Child.Run("people", "create", "--email", Email, "--data", _folder.Path);
        await verb.EndAsync();
        await child.SaysAsync($"To {Email}");
        var code = verb.Said.Split("code=")[1].Trim();

        await child.StopAsync();

        Assert.Contains(code, child.Said, StringComparison.Ordinal);
        var kept = Kept();
        Assert.Contains("The command line ran people create: 0", kept, StringComparison.Ordinal);
        Assert.DoesNotContain(Email, kept, StringComparison.Ordinal);
        Assert.DoesNotContain(code, kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_request_is_its_route_and_nothing_that_was_typed()
    {
        var (child, address) = await Child.ServeAsync(_folder.Path);
        await using var server = child;
        using var client = new HttpClient { BaseAddress = address };

        await client.GetAsync($"/account/sign-in?returnTo=/{Email}");
        await client.GetAsync($"/nowhere/{Email}?token=5P4XEkHq0TRspoCPUti16B8nUW3CFVr8");
        await client.GetAsync("/up");
        await client.SendAsync(new HttpRequestMessage(new HttpMethod("CANARY"), "/"));

        var page = await child.SaysAsync("GET /account/sign-in 200 in ");
        Assert.Matches("inf GET /account/sign-in 200 in [0-9]+ ms [(][0-9A-Z]+:[0-9]+[)]$", page);
        await child.SaysAsync("GET - 404 in ");
        await child.SaysAsync("OTHER ");
        Assert.DoesNotContain("GET /up", child.Said, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", child.Said, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Every_line_is_an_object_when_a_machine_reads_them()
    {
        var (child, address) = await Child.ServeAsync(_folder.Path, "--Logs:Json=true");
        await using var server = child;
        using var client = new HttpClient { BaseAddress = address };
        await client.GetAsync($"/account/sign-in?returnTo=/{Email}");
        await child.SaysAsync("GET /account/sign-in");

        await child.StopAsync();

        var lines = Kept().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        var request = Assert.Single(lines, line => line.TryGetProperty("Route", out var route) && route.GetString() == "/account/sign-in");
        Assert.Equal(200, request.GetProperty("Status").GetInt32());
        Assert.False(request.TryGetProperty("RequestPath", out _));
        Assert.True(request.TryGetProperty("RequestId", out _));
        Assert.DoesNotContain(Email, Kept(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_no_files_kept_none_is_made()
    {
        var (child, _) = await Child.ServeAsync(_folder.Path, "--Logs:FilesKept=0");
        await using var server = child;

        await child.StopAsync();

        Assert.Empty(Directory.GetFiles(_folder["logs"]));
    }

    private string Kept() => string.Concat(Directory.GetFiles(_folder["logs"]).Select(File.ReadAllText));
}
