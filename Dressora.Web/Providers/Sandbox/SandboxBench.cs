using System.Collections.Concurrent;

namespace Dressora.Web.Providers.Sandbox;

/// <summary>Works at jobs: early a preview, later the final, each told by a signed call.</summary>
internal sealed partial class SandboxBench(
    SandboxFolder folder, SandboxCrafts crafts, SandboxCalls calls, TimeProvider clock, IHostApplicationLifetime lifetime,
    ILogger<SandboxBench> log)
{
    private readonly ConcurrentDictionary<string, Lazy<Task>> _going = new(StringComparer.Ordinal);

    /// <summary>Once a job, however often it is asked.</summary>
    internal Task Begin(string id, string secret) =>
        _going.GetOrAdd(id, _ => new Lazy<Task>(() => Task.Run(() => GuardedAsync(id, secret)))).Value;

    private async Task GuardedAsync(string id, string secret)
    {
        try
        {
            await WorkAsync(id, secret, lifetime.ApplicationStopping);
        }
        catch (OperationCanceledException)
        {
            // It lies in its folder; the next process goes on with it.
        }
        catch (Exception e)
        {
            Log.Broke(log, e, id);
            folder.Step(id, job => job with { State = SandboxState.Failed, Error = new("transient", "broken", "The sandbox broke.") });
        }
        finally
        {
            _going.TryRemove(id, out _);
        }
    }

    private async Task WorkAsync(string id, string secret, CancellationToken stop)
    {
        if (folder.Step(id, job => job with { State = SandboxState.Running }) is not { } job)
            return;
        await UntilAsync(job.AcceptedAt + job.Plan.Preview, stop);
        if (job.Preview is null && job.Plan.Scenario != SandboxScenario.NoPreview && SandboxEnds.Error(job) is null)
        {
            var early = await crafts.PreviewAsync(job, stop);
            if (folder.Step(id, going => going with { Preview = early }) is not { } previewed)
                return;
            job = previewed;
        }

        if (job.Plan.Scenario != SandboxScenario.OutOfOrder)
            await calls.TellAsync(job, secret, stop);
        if (job.Plan.Scenario == SandboxScenario.Never)
            return;
        await UntilAsync(job.AcceptedAt + job.Plan.Final, stop);
        var end = SandboxEnds.Error(job) is { } error
            ? new Made([], error)
            : job.Plan.Scenario == SandboxScenario.NoMedia ? new Made([], null) : await crafts.FinalAsync(job, stop);
        var before = job;
        if (folder.Step(id, going => end.Over(going)) is not { } over)
            return;
        await calls.TellAsync(over, secret, stop);
        if (over.Plan.Scenario == SandboxScenario.OutOfOrder)
            await calls.TellAsync(before, secret, stop);
    }

    private async Task UntilAsync(DateTimeOffset due, CancellationToken stop)
    {
        if (due - clock.GetUtcNow() is var wait && wait > TimeSpan.Zero)
            await Task.Delay(wait, clock, stop);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The sandbox broke at job {Id}")]
        public static partial void Broke(ILogger logger, Exception e, string id);
    }
}

/// <summary>What came of a job: files, or why there are none.</summary>
internal sealed record Made(IReadOnlyList<SandboxFile> Files, SandboxError? Error)
{
    internal SandboxJob Over(SandboxJob job) => Error is null
        ? job with { State = SandboxState.Succeeded, Outputs = Files }
        : job with { State = SandboxState.Failed, Error = Error };
}

/// <summary>The ends that a scenario arranges.</summary>
internal static class SandboxEnds
{
    private const string Told = "The sandbox was told to fail.";

    internal static SandboxError? Error(SandboxJob job) => job.Plan.Scenario switch
    {
        SandboxScenario.FailTransient => new("transient", "sandbox_failed", Told),
        SandboxScenario.FailRateLimited => new("rate_limited", "sandbox_failed", Told),
        SandboxScenario.FailContent => new("rejected_content", "sandbox_failed", Told),
        SandboxScenario.FailInput => new("bad_input", "sandbox_failed", Told),
        SandboxScenario.FailAuth => new("auth", "sandbox_failed", Told),
        SandboxScenario.FailFunds => new("out_of_funds", "sandbox_failed", Told),
        SandboxScenario.FailTimeout => new("timeout", "sandbox_failed", Told),
        _ => null,
    };
}
