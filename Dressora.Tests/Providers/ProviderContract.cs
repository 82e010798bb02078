using Dressora.Tests.Harness;
using Dressora.Web.Providers;
using Xunit;

namespace Dressora.Tests.Providers;

/// <summary>What the engine may rely on, whoever is asked. Each adapter's tests inherit it.</summary>
public abstract class ProviderContract : IAsyncLifetime
{
    private static readonly Uri CallHome = new("https://studio.example.org/hooks/providers/any/job-1/token");
    private Simulator _company = null!;
    private Rig _rig = null!;

    private protected Rig Rig => _rig;
    private protected Simulator Company => _company;
    private protected IProvider Provider => _rig[Name];

    protected abstract string Name { get; }
    protected abstract string Model { get; }
    protected abstract string Secret { get; }

    protected abstract Task<Simulator> OpenCompanyAsync();

    public async Task InitializeAsync()
    {
        _company = await OpenCompanyAsync();
        _rig = Rig.Open(_company.Settings);
        _company.Clock = _rig.Clock;
        _company.Door = _rig.Trap;
        _rig.Trap.Clock = _rig.Clock;
    }

    public async Task DisposeAsync()
    {
        Assert.DoesNotContain(_rig.Log.Lines, line => line.ToString().Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(_rig.Log.Lines, line => line.ToString().Contains(Rig.Prompt, StringComparison.Ordinal));
        Assert.DoesNotContain(_rig.Log.Lines, line => line.ToString().Contains("127.0.0.1", StringComparison.Ordinal));
        await _rig.DisposeAsync();
        await _company.DisposeAsync();
    }

    [Fact]
    public async Task What_is_asked_is_made()
    {
        _company.Pace = null;
        var accepted = await AcceptedAsync();
        Assert.Equal(SnapshotState.Queued, (await PollAsync(accepted)).State);
        _company.Jobs.Values.Single().IsStarted = true;
        Assert.Equal(SnapshotState.Running, (await PollAsync(accepted)).State);
        await _company.FinishAllAsync();

        var end = await PollAsync(accepted);

        Assert.Equal(SnapshotState.Succeeded, end.State);
        Assert.Single(end.Outputs);
    }

    [Theory]
    [InlineData(Scenario.RefuseContent, ErrorClass.RejectedContent)]
    [InlineData(Scenario.RefuseInput, ErrorClass.BadInput)]
    [InlineData(Scenario.NoFunds, ErrorClass.OutOfFunds)]
    [InlineData(Scenario.BadKey, ErrorClass.Auth)]
    [InlineData(Scenario.ServerError, ErrorClass.Transient)]
    [InlineData(Scenario.HtmlBadGateway, ErrorClass.Transient)]
    [InlineData(Scenario.HtmlForbidden, ErrorClass.Transient)]
    [InlineData(Scenario.RateLimitedBare, ErrorClass.RateLimited)]
    public async Task A_refusal_says_of_which_kind_it_is(Scenario scenario, ErrorClass expected)
    {
        var rejected = Assert.IsType<Submission.Rejected>(await SubmitAsync(scenario));

        Assert.Equal(expected, rejected.Error.Class);
        Assert.NotEmpty(rejected.Error.Code);
        Assert.Null(rejected.Error.RetryAfter);
        Assert.Empty(_company.Jobs);
    }

    [Theory]
    [InlineData(Scenario.RateLimited, Answers.RetrySeconds)]
    [InlineData(Scenario.RateLimitedUntil, Answers.RetrySeconds)]
    [InlineData(Scenario.RateLimitedAbsurd, 900)]
    public async Task How_long_to_wait_is_kept_and_capped(Scenario scenario, int seconds)
    {
        var rejected = Assert.IsType<Submission.Rejected>(await SubmitAsync(scenario));

        Assert.Equal(ErrorClass.RateLimited, rejected.Error.Class);
        Assert.Equal(TimeSpan.FromSeconds(seconds), rejected.Error.RetryAfter);
    }

    [Theory]
    [InlineData(Scenario.ResetBefore)]
    [InlineData(Scenario.LostAnswer)]
    [InlineData(Scenario.Garbage)]
    [InlineData(Scenario.OversizeAnswer)]
    public async Task An_answer_that_tells_nothing_leaves_it_open(Scenario scenario) =>
        Assert.IsType<Submission.Unknown>(await SubmitAsync(scenario));

    [Fact]
    public async Task An_answer_that_never_comes_leaves_it_open()
    {
        var asking = SubmitAsync(Scenario.SilentAnswer);
        await UntilAsync(() => !_company.Jobs.IsEmpty);
        _rig.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.IsType<Submission.Unknown>(await asking);
    }

    [Fact]
    public async Task A_server_that_stops_while_asking_leaves_it_open()
    {
        using var stop = new CancellationTokenSource();
        _company.Scenario = Scenario.SilentAnswer;
        var asking = Provider.SubmitAsync(_rig.Request(Model), stop.Token);
        await UntilAsync(() => !_company.Jobs.IsEmpty);
        await stop.CancelAsync();

        Assert.IsType<Submission.Unknown>(await asking);
    }

    [Fact]
    public async Task The_same_key_again_is_the_same_job_where_that_is_promised()
    {
        await SubmitAsync(Scenario.LostAnswer);
        var again = await SubmitAsync(Scenario.Ok);

        if (Provider.Traits.HonoursKeys)
            Assert.IsNotType<Submission.Rejected>(again);
        Assert.Equal(Provider.Traits.HonoursKeys ? 1 : 2, _company.Jobs.Count);
    }

    [Fact]
    public async Task Nobody_at_home_is_a_refusal()
    {
        await using var rig = Rig.Open([.. _company.Settings.Select(setting => setting.Replace($":{_company.Address.Port}", ":1", StringComparison.Ordinal))]);

        var rejected = Assert.IsType<Submission.Rejected>(await rig[Name].SubmitAsync(rig.Request(Model), default));

        Assert.Equal(ErrorClass.Transient, rejected.Error.Class);
    }

    [Theory]
    [InlineData(Scenario.FailTransient, ErrorClass.Transient)]
    [InlineData(Scenario.FailContent, ErrorClass.RejectedContent)]
    [InlineData(Scenario.FailInput, ErrorClass.BadInput)]
    [InlineData(Scenario.FailTimeout, ErrorClass.Timeout)]
    [InlineData(Scenario.NoMedia, ErrorClass.RejectedContent)]
    public async Task A_failure_says_of_which_kind_it_is(Scenario scenario, ErrorClass expected)
    {
        var end = await EndAsync(scenario);

        Assert.Equal(SnapshotState.Failed, end.State);
        Assert.Equal(expected, end.Error!.Class);
        Assert.Empty(end.Outputs);
    }

    [Fact]
    public async Task An_unknown_word_is_no_end_and_is_told_word_for_word()
    {
        _company.Pace = null;
        var accepted = await AcceptedAsync(Scenario.UnknownStatus);

        var seen = await PollAsync(accepted);

        Assert.Equal((SnapshotState.Unclear, "unknown_status"), (seen.State, seen.Error?.Code));
        Assert.Contains("pondering", seen.Error!.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData(Scenario.HtmlBadGateway, ErrorClass.Transient)]
    [InlineData(Scenario.HtmlForbidden, ErrorClass.Transient)]
    [InlineData(Scenario.ServerError, ErrorClass.Transient)]
    [InlineData(Scenario.RateLimited, ErrorClass.RateLimited)]
    [InlineData(Scenario.BadKey, ErrorClass.Auth)]
    [InlineData(Scenario.NoFunds, ErrorClass.OutOfFunds)]
    [InlineData(Scenario.Garbage, ErrorClass.Transient)]
    [InlineData(Scenario.OversizeAnswer, ErrorClass.Transient)]
    [InlineData(Scenario.ResetBefore, ErrorClass.Transient)]
    public async Task A_question_that_is_not_answered_ends_no_job(Scenario ailing, ErrorClass expected)
    {
        var accepted = await AcceptedAsync();
        _company.Ailing = ailing;

        var seen = await PollAsync(accepted);

        Assert.Equal(SnapshotState.Unclear, seen.State);
        Assert.Equal(expected, seen.Error!.Class);
    }

    [Fact]
    public async Task A_question_without_an_answer_ends_in_time()
    {
        var accepted = await AcceptedAsync();
        _company.Ailing = Scenario.SilentAnswer;
        var asked = _company.Requests.Count;
        var asking = PollAsync(accepted);
        await UntilAsync(() => _company.Requests.Count > asked);
        _rig.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(ErrorClass.Timeout, (await asking).Error!.Class);
    }

    [Fact]
    public async Task A_job_that_is_not_known_there_has_failed()
    {
        var accepted = await AcceptedAsync();
        _company.Jobs.Clear();

        Assert.Equal(SnapshotState.Failed, (await PollAsync(accepted)).State);
    }

    [Fact]
    public async Task Only_a_running_job_can_be_called_off()
    {
        _company.Pace = null;
        var accepted = await AcceptedAsync();
        Assert.Equal(Provider.Traits.CanCancel ? Cancellation.Requested : Cancellation.Unsupported, await Provider.CancelAsync(accepted.PollReference, default));
        if (!Provider.Traits.CanCancel)
            return;
        Assert.Equal(SnapshotState.Cancelled, (await PollAsync(accepted)).State);

        var late = await AcceptedAsync(Scenario.CancelTooLate, "job-2");
        Assert.Equal(Cancellation.TooLate, await Provider.CancelAsync(late.PollReference, default));
    }

    [Fact]
    public async Task A_key_can_be_tried_for_nothing()
    {
        Assert.Null(await Provider.TestKeyAsync(default));
        Assert.Empty(_company.Jobs);

        await using var rig = Rig.Open([.. _company.Settings.Select(setting => setting.Replace(Secret, "another key of the same length as before", StringComparison.Ordinal))]);
        Assert.Equal(ErrorClass.Auth, (await rig[Name].TestKeyAsync(default))!.Class);
    }

    [Fact]
    public async Task Without_a_key_it_is_not_ready_and_with_one_it_is_at_once()
    {
        await using var rig = Rig.Open([]);
        Assert.False(rig[Name].IsReady);

        foreach (var pair in _company.Settings.Select(setting => setting.Split('=', 2)))
            rig.Configuration[pair[0]] = pair[1];
        rig.Configuration.Reload();

        Assert.True(rig[Name].IsReady);
    }

    private protected async Task<Submission.Accepted> AcceptedAsync(Scenario scenario = Scenario.Ok, string job = "job-1") =>
        Assert.IsType<Submission.Accepted>(await SubmitAsync(scenario, job));

    private protected Task<Submission> SubmitAsync(Scenario scenario, string job = "job-1")
    {
        _company.Scenario = scenario;
        return Provider.SubmitAsync(_rig.Request(Model, job, CallHome), default);
    }

    private protected Task<Snapshot> PollAsync(Submission.Accepted accepted) => Provider.PollAsync(accepted.PollReference, default);

    private protected async Task<Snapshot> EndAsync(Scenario scenario)
    {
        _company.Pace = null;
        var accepted = await AcceptedAsync(scenario);
        await _company.FinishAllAsync();
        return await PollAsync(accepted);
    }

    /// <summary>What the engine would hear of a callback of this kind, and the call itself.</summary>
    private protected async Task<(Callback Callback, CallbackCall Call)> CalledBackAsync(Scenario scenario)
    {
        _company.Pace = null;
        var accepted = await AcceptedAsync(scenario);
        await _company.FinishAllAsync();
        var call = await _rig.Trap.NextAsync() with { ExternalId = accepted.ExternalId };
        return (await Provider.ReadCallbackAsync(call, default), call);
    }

    private protected static async Task UntilAsync(Func<bool> isSo)
    {
        for (var i = 0; i < 1_000 && !isSo(); i++)
            await Task.Delay(10);
        Assert.True(isSo());
    }
}
