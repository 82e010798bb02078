using System.Net;
using System.Text.RegularExpressions;
using Dressora.Tests.Harness;
using Dressora.Tests.House;
using Xunit;

namespace Dressora.Tests.Operations;

/// <summary>The two commands, and the container's steps, which are the same.</summary>
public sealed partial class ScriptTests : IDisposable
{
    private static readonly Dictionary<string, string> Nothing = [];

    private readonly TemporaryFolder _folder = new();

    private static string RunScript => Path.Combine(SourceTree.Root, "run.sh");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_start_command_works_from_any_folder_and_keeps_its_data_there()
    {
        await BuiltAsync();
        var address = new Uri($"http://127.0.0.1:{Site.FreePort()}");
        await using var server = Child.Start(
            RunScript, _folder.Path, Nothing, "--urls", address.GetLeftPart(UriPartial.Authority));
        await server.SaysAsync($"Dressora is open at {address.GetLeftPart(UriPartial.Authority)}");
        using var client = new HttpClient { BaseAddress = address };

        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/")).StatusCode);
        Assert.True(File.Exists(_folder["data/dressora.db"]));
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task A_second_start_builds_nothing()
    {
        await BuiltAsync();

        await using var help = Child.Start(RunScript, _folder.Path, Nothing, "help");

        Assert.Equal(0, await help.EndAsync());
        Assert.DoesNotContain("Building", help.Complained, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_programs_exit_code_is_the_commands()
    {
        await BuiltAsync();

        await using var unknown = Child.Start(RunScript, _folder.Path, Nothing, "dance");

        Assert.Equal(64, await unknown.EndAsync());
    }

    [Fact]
    public void Each_step_of_the_container_is_a_script_of_ours_with_words_it_knows()
    {
        var known = KnownFlags().Matches(File.ReadAllText(RunScript)).Select(match => match.Groups[1].Value).ToHashSet();
        var steps = File.ReadAllLines(Path.Combine(SourceTree.Root, "Dockerfile"))
            .Where(line => Step().IsMatch(line) && !line.Contains("/storage", StringComparison.Ordinal))
            .Select(line => Words().Matches(line.Split("./", 2)[1].Split("&&")[0].Split("||")[0]).Select(match => match.Value).ToList()).ToList();

        Assert.Equal(["--build-only", "--fetch-models", "--install-only", "--healthy"], Flags(steps));
        Assert.Equal(5, steps.Count);
        Assert.All(steps, words => Assert.True(File.Exists(Path.Combine(SourceTree.Root, words[0])), words[0]));
        Assert.All(Flags(steps), flag => Assert.Contains(flag, known));
    }

    [Fact]
    public void The_container_runs_without_root_on_port_80_in_its_volume_and_watches_its_health()
    {
        var text = File.ReadAllText(Path.Combine(SourceTree.Root, "Dockerfile"));

        Assert.Matches(@"(?m)^USER app$", text);
        Assert.Matches(@"(?m)^VOLUME /storage$", text);
        Assert.Matches(@"(?m)^ENV PORT=80 Data=/storage ", text);
        Assert.Matches(@"(?m)^HEALTHCHECK .*CMD \[""./run.sh"", ""--healthy""\]$", text);
        Assert.Equal(3, Regex.Count(text, "(?m)^FROM "));
    }

    [Fact]
    public async Task What_the_container_holds_starts_by_its_environment_and_says_that_it_is_healthy()
    {
        await BuiltAsync();
        var image = _folder["image"];
        Directory.CreateDirectory(Path.Combine(image, ".build"));
        File.Copy(RunScript, Path.Combine(image, "run.sh"));
        Directory.CreateSymbolicLink(Path.Combine(image, ".build/app"), Path.Combine(SourceTree.Root, ".build/app"));
        var port = Site.FreePort();
        var environment = new Dictionary<string, string> { ["PORT"] = $"{port}", ["Data"] = _folder["storage"], ["ASPNETCORE_HTTP_PORTS"] = "" };
        async Task<int> HealthyAsync()
        {
            await using var probe = Child.Start(Path.Combine(image, "run.sh"), image, environment, "--healthy");
            return await probe.EndAsync();
        }

        Assert.NotEqual(0, await HealthyAsync());
        await using var server = Child.Start(Path.Combine(image, "run.sh"), image, environment);
        await server.SaysAsync($"Dressora is open at http://localhost:{port}");

        Assert.Equal(0, await HealthyAsync());
        await using var verb = Child.Start(Path.Combine(image, "run.sh"), image, environment, "admin", "create", "--email", "ravi@example.org");
        Assert.Equal(0, await verb.EndAsync());
        Assert.Equal(0, await server.StopAsync());
    }

    /// <summary>The server refuses a data folder that others can read, whoever made it.</summary>
    [Fact]
    public async Task Models_that_cannot_be_fetched_are_named_and_leave_a_folder_that_the_server_takes()
    {
        Directory.CreateDirectory(_folder["bin"]);
        await File.WriteAllTextAsync(_folder["bin/npm"], "#!/bin/sh\nexit 1\n");
        File.SetUnixFileMode(_folder["bin/npm"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var path = new Dictionary<string, string> { ["PATH"] = $"{_folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}" };

        await using var fetch = Child.Start(RunScript, _folder.Path, path, "--fetch-models", _folder["data/models"]);

        Assert.Equal(1, await fetch.EndAsync());
        Assert.Contains("type: ./run.sh --fetch-models", fetch.Complained, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder["data"]));
    }

    [Theory]
    [InlineData("run.sh")]
    [InlineData("test.sh")]
    [InlineData(".ci/run")]
    public async Task A_script_is_sound(string script)
    {
        var path = Path.Combine(SourceTree.Root, script);
        var text = await File.ReadAllTextAsync(path);

        Assert.StartsWith("#!/usr/bin/env bash\n", text, StringComparison.Ordinal);
        Assert.Contains("set -euo pipefail", text, StringComparison.Ordinal);
        Assert.True(File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute));
        var reader = File.Exists("/usr/bin/shellcheck") ? "shellcheck" : "bash";
        await using var check = Child.Start(reader, SourceTree.Root, Nothing, reader == "bash" ? ["-n", path] : [path]);
        Assert.True(await check.EndAsync() == 0, check.ToString());
    }

    private static HashSet<string> Flags(IEnumerable<List<string>> steps) =>
        [.. steps.SelectMany(words => words.Skip(1)).Where(word => word.StartsWith("--", StringComparison.Ordinal))];

    private static async Task BuiltAsync()
    {
        await using var build = Child.Start(RunScript, SourceTree.Root, Nothing, "--build-only");
        Assert.True(await build.EndAsync() == 0, build.ToString());
    }

    [GeneratedRegex(@"^(RUN|ENTRYPOINT|CMD|HEALTHCHECK) ")]
    private static partial Regex Step();

    [GeneratedRegex(@"[\w.-]+")]
    private static partial Regex Words();

    [GeneratedRegex(@"(?m)^ +(--[a-z-]+)\)")]
    private static partial Regex KnownFlags();
}
