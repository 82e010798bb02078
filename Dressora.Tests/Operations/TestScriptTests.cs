using Dressora.Tests.Harness;
using Dressora.Tests.House;
using Xunit;

namespace Dressora.Tests.Operations;

/// <summary>What ./test.sh says at its end, with a runner and a Node that only pretend.</summary>
public sealed class TestScriptTests : IDisposable
{
    private const UnixFileMode Runnable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TemporaryFolder _folder = new();

    public TestScriptTests()
    {
        File.Copy(Path.Combine(SourceTree.Root, "test.sh"), _folder["test.sh"]);
        Directory.CreateDirectory(_folder["wwwroot-src"]);
        Directory.CreateDirectory(_folder["bin"]);
        Pretend("run.sh", "exit 0");
        Pretend("bin/node", "exit 0");
        Pretend("bin/npm", "exit 0");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task When_all_is_well_the_last_line_is_the_count()
    {
        PretendTests(total: 7, executed: 7, passed: 7, failed: 0);

        var (code, last, _) = await RunAsync();

        Assert.Equal((0, "10 passed, 0 failed"), (code, last));
    }

    [Fact]
    public async Task A_failed_test_is_named_counted_and_fails_the_command()
    {
        PretendTests(7, 7, 6, 1, """<UnitTestResult testName="A_hat_fits" outcome="Failed"><Output/></UnitTestResult>""");

        var (code, last, said) = await RunAsync();

        Assert.Equal((1, "9 passed, 1 failed"), (code, last));
        Assert.Contains("failed: A_hat_fits\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_left_out_is_counted()
    {
        PretendTests(total: 7, executed: 5, passed: 5, failed: 0);

        Assert.Equal("8 passed, 0 failed, 2 skipped", (await RunAsync()).Last);
    }

    [Fact]
    public async Task Stale_browser_files_are_a_failure_of_their_own()
    {
        PretendTests(total: 7, executed: 7, passed: 7, failed: 0);
        Pretend("bin/npm", """[ "$1" = ci ] || { echo "app.css is stale"; exit 1; }""");

        var (code, last, said) = await RunAsync();

        Assert.Equal((1, "9 passed, 1 failed"), (code, last));
        Assert.Contains("failed: the built browser files are what wwwroot-src says\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_runner_that_breaks_off_is_a_failure()
    {
        PretendTests(7, 7, 5, 0, code: 1);

        var (code, last, _) = await RunAsync();

        Assert.Equal((1, "8 passed, 1 failed"), (code, last));
    }

    [Fact]
    public async Task A_solution_that_does_not_build_is_not_tested()
    {
        Pretend("bin/dotnet", "exit 1");

        var (code, last, said) = await RunAsync();

        Assert.Equal((1, "2 passed, 1 failed"), (code, last));
        Assert.Contains("failed: the solution builds without a warning\n", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fast_leaves_out_the_browser_and_PostgreSQL()
    {
        PretendTests(total: 1, executed: 1, passed: 1, failed: 0);

        await RunAsync("--fast");

        Assert.Contains("--filter needs!=browser&needs!=postgres", await File.ReadAllTextAsync(_folder["asked"]), StringComparison.Ordinal);
    }

    private void PretendTests(int total, int executed, int passed, int failed, string results = "", int? code = null) => Pretend(
        "bin/dotnet",
        $"""
        [ "$1" = test ] || exit 0
        echo "$*" >{_folder["asked"]}
        cat >{_folder[".build/tests/tests.trx"]} <<'TRX'
        {results}
        <Counters total="{total}" executed="{executed}" passed="{passed}" failed="{failed}" error="0" timeout="0" aborted="0" />
        TRX
        exit {code ?? Math.Min(failed, 1)}
        """);

    private void Pretend(string name, string script)
    {
        File.WriteAllText(_folder[name], $"#!/usr/bin/env bash\n{script}\n");
        File.SetUnixFileMode(_folder[name], Runnable);
    }

    private async Task<(int Code, string Last, string Said)> RunAsync(string flag = "--fast")
    {
        var path = $"{_folder["bin"]}:{Environment.GetEnvironmentVariable("PATH")}";
        await using var script = Child.Start(_folder["test.sh"], _folder.Path, new Dictionary<string, string> { ["PATH"] = path }, flag);
        var code = await script.EndAsync();
        return (code, script.Said.TrimEnd('\n').Split('\n')[^1], script.Said);
    }
}
