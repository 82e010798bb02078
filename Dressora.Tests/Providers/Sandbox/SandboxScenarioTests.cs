using Dressora.Web.Providers;
using Dressora.Web.Providers.Sandbox;
using Xunit;

namespace Dressora.Tests.Providers.Sandbox;

/// <summary>Every script that tests and measurements may choose does what it says.</summary>
public sealed class SandboxScenarioTests : IAsyncLifetime
{
    private readonly Rig _rig = SandboxRig.Open();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _rig.DisposeAsync();

    [Theory]
    [InlineData("ok", 2)]
    [InlineData("no_preview", 2)]
    [InlineData("early_callback", 2)]
    [InlineData("duplicate_callback", 4)]
    [InlineData("out_of_order", 2)]
    [InlineData("unknown_status", 2)]
    [InlineData("cancel_too_late", 2)]
    public async Task It_goes_well_and_says_so_signed(string scenario, int calls)
    {
        Assert.IsType<Submission.Accepted>(await _rig.SubmitAsync(scenario));

        Assert.Equal(SnapshotState.Succeeded, (await _rig.EndAsync()).State);
        var states = new List<SnapshotState>();
        for (var i = 0; i < calls; i++)
        {
            var callback = await _rig.Sandbox().ReadCallbackAsync(await _rig.Trap.NextAsync(), default);
            states.Add(Assert.IsType<Callback.Verified>(callback).Snapshot.State);
        }

        Assert.Contains(SnapshotState.Succeeded, states);
        Assert.Equal(scenario == "out_of_order" ? SnapshotState.Running : SnapshotState.Succeeded, states[^1]);
        Assert.Equal(scenario == "unknown_status", states[0] == SnapshotState.Unclear);
    }

    [Theory]
    [InlineData("forged_callback")]
    [InlineData("stale_callback")]
    public async Task It_goes_well_and_its_word_counts_for_nothing(string scenario)
    {
        await _rig.SubmitAsync(scenario);

        Assert.Equal(SnapshotState.Succeeded, (await _rig.EndAsync()).State);
        Assert.IsType<Callback.Forged>(await _rig.Sandbox().ReadCallbackAsync(await _rig.Trap.NextAsync(), default));
    }

    [Fact]
    public async Task It_goes_well_and_nobody_is_told()
    {
        await _rig.SubmitAsync("lost_callback");

        Assert.Equal(SnapshotState.Succeeded, (await _rig.EndAsync()).State);
        Assert.Empty(_rig.Trap.Calls);
    }

    [Theory]
    [InlineData("fail_transient", ErrorClass.Transient)]
    [InlineData("fail_rate_limited", ErrorClass.RateLimited)]
    [InlineData("fail_content", ErrorClass.RejectedContent)]
    [InlineData("fail_input", ErrorClass.BadInput)]
    [InlineData("fail_auth", ErrorClass.Auth)]
    [InlineData("fail_funds", ErrorClass.OutOfFunds)]
    [InlineData("fail_timeout", ErrorClass.Timeout)]
    [InlineData("no_media", ErrorClass.RejectedContent)]
    public async Task It_fails_of_the_kind_that_was_asked(string scenario, ErrorClass expected)
    {
        Assert.IsType<Submission.Accepted>(await _rig.SubmitAsync(scenario));

        Assert.Equal(expected, (await _rig.EndAsync()).Error!.Class);
    }

    [Theory]
    [InlineData("refuse_transient", ErrorClass.Transient)]
    [InlineData("refuse_rate_limited", ErrorClass.RateLimited)]
    [InlineData("refuse_content", ErrorClass.RejectedContent)]
    [InlineData("refuse_input", ErrorClass.BadInput)]
    [InlineData("refuse_auth", ErrorClass.Auth)]
    [InlineData("refuse_funds", ErrorClass.OutOfFunds)]
    [InlineData("html_answer", ErrorClass.Transient)]
    public async Task It_refuses_of_the_kind_that_was_asked(string scenario, ErrorClass expected)
    {
        var error = Assert.IsType<Submission.Rejected>(await _rig.SubmitAsync(scenario)).Error;

        Assert.Equal(expected, error.Class);
        Assert.Equal(expected == ErrorClass.RateLimited ? TimeSpan.FromSeconds(7) : null, error.RetryAfter);
        Assert.Equal(SnapshotState.Failed, (await _rig.Sandbox().PollAsync("job-1", default)).State);
    }

    [Theory]
    [InlineData("lost_answer")]
    [InlineData("silent_answer")]
    public async Task It_takes_the_job_and_does_not_say_so(string scenario)
    {
        var asking = _rig.SubmitAsync(scenario);
        await _rig.Trap.NextAsync();
        _rig.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.IsType<Submission.Unknown>(await asking);
        Assert.Equal(SnapshotState.Succeeded, (await _rig.EndAsync()).State);
    }

    [Fact]
    public async Task It_never_ends()
    {
        await _rig.SubmitAsync("never");
        await _rig.Trap.NextAsync();
        _rig.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(SnapshotState.Running, (await _rig.Sandbox().PollAsync("job-1", default)).State);
    }

    [Fact]
    public async Task It_is_slow_and_can_be_called_off()
    {
        await _rig.Sandbox().SubmitAsync(_rig.Request(new System.Text.Json.Nodes.JsonObject { ["scenario"] = "slow" }), default);

        Assert.Equal(Cancellation.Requested, await _rig.Sandbox().CancelAsync("job-1", default));
        Assert.Equal(SnapshotState.Cancelled, (await _rig.EndAsync()).State);
        Assert.Equal(Cancellation.TooLate, await _rig.Sandbox().CancelAsync("job-1", default));
    }

    [Fact]
    public async Task It_can_be_too_late_to_call_it_off()
    {
        await _rig.Sandbox().SubmitAsync(_rig.Request(SandboxRig.Script("cancel_too_late", 0, 600)), default);

        Assert.Equal(Cancellation.TooLate, await _rig.Sandbox().CancelAsync("job-1", default));
    }

    [Fact]
    public async Task Its_result_can_be_gone()
    {
        await _rig.SubmitAsync("expired_result");
        var seen = await _rig.EndAsync();

        Assert.Null(await ((IFetchesResults)_rig.Sandbox()).OpenResultAsync(seen.Outputs[0].Address!, default));
    }

    [Theory]
    [InlineData("ok", 2_000, 200_000)]
    [InlineData("broken_result", 1_000, 100_000)]
    [InlineData("oversized_result", 30_000_000, 30_100_000)]
    public async Task Its_result_can_be_of_any_size(string scenario, int least, int most)
    {
        await _rig.SubmitAsync(scenario);

        Assert.InRange((await _rig.FetchAsync(await _rig.EndAsync(), 30_000_000)).Length, least, most);
    }

    [Fact]
    public async Task Its_result_can_be_no_picture()
    {
        await _rig.SubmitAsync("html_result");

        Assert.StartsWith("<html>", System.Text.Encoding.UTF8.GetString(await _rig.FetchAsync(await _rig.EndAsync())), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Its_result_can_come_for_ever()
    {
        await _rig.SubmitAsync("endless_result");
        var seen = await _rig.EndAsync();
        await using var stream = await ((IFetchesResults)_rig.Sandbox()).OpenResultAsync(seen.Outputs[0].Address!, default);

        Assert.Equal(1, await stream!.ReadAsync(new byte[100]));
    }

    [Fact]
    public void Every_scenario_has_its_test()
    {
        var tested = typeof(SandboxScenarioTests).GetMethods()
            .SelectMany(method => method.GetCustomAttributesData().Where(one => one.AttributeType == typeof(InlineDataAttribute)))
            .Select(one => (string)((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)one.ConstructorArguments[0].Value!)[0].Value!)
            .Concat(["lost_callback", "never", "slow", "expired_result", "html_result", "endless_result"])
            .Select(name => name.Replace("_", "", StringComparison.Ordinal));

        Assert.Empty(Enum.GetNames<SandboxScenario>().Except(tested, StringComparer.OrdinalIgnoreCase));
    }
}
