using System.Text.Json.Nodes;
using Dressora.Web.Data;
using Dressora.Web.Media;
using Dressora.Web.Providers;

namespace Dressora.Web.Generation;

/// <summary>Asks a maker once, and writes down what came of it. Paid work is never blindly asked for twice.</summary>
internal sealed partial class Sender(
    Database database, MediaStore media, Breakers breakers, Finaliser finaliser, Endings endings, CallbackAddresses addresses,
    Recalls recalls, TimeProvider clock, ILogger<Sender> log)
{
    /// <summary>Before a maker took it; after that nothing is asked again.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(8)];

    /// <summary>Who says "come back later than this" is passed over instead.</summary>
    private static readonly TimeSpan PatienceMax = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(5);

    internal async Task SendAsync(Claim claim, IProvider provider, CancellationToken cancel)
    {
        var job = claim.Job;
        if (await InputsAsync(job, cancel) is not { } inputs)
        {
            await database.WriteAsync(write => endings.FailAsync(write, job, FailReason.BadInput, "an input is no longer there"), cancel);
            return;
        }

        var request = new ProviderRequest(
            job.Id, job.Kind, claim.Model.Name, JsonNode.Parse(job.Parameters)!.AsObject(), inputs,
            addresses.Of(job, provider), "dressora-" + job.Id, job.Deadline);
        var submission = await provider.SubmitAsync(request, cancel);
        Log.Asked(log, job.Id, provider.Name, submission.GetType().Name);
        switch (submission)
        {
            case Submission.Accepted accepted:
                breakers.Succeeded(provider.Name);
                await AcceptAsync(job, provider, accepted);
                break;
            case Submission.Finished finished:
                breakers.Succeeded(provider.Name);
                await finaliser.TakeInAsync(claim, provider, finished.Snapshot, callsUpTo: 0, cancel);
                break;
            case Submission.Rejected rejected:
                Note(provider, rejected.Error);
                await database.WriteAsync(write => RejectAsync(write, job, rejected.Error), CancellationToken.None);
                break;
            case Submission.Unknown unknown:
                Note(provider, new ProviderError(ErrorClass.Transient, "lost_answer", unknown.Why));
                await LoseAsync(job, provider);
                break;
        }
    }

    /// <summary>Asked before, by somebody who died over it or never had an answer.</summary>
    internal Task ResumeAsync(Claim claim, IProvider provider, CancellationToken cancel) =>
        provider.Traits.HonoursKeys && clock.GetUtcNow() < claim.Job.Deadline
            ? SendAsync(claim, provider, cancel)
            : LoseAsync(claim.Job, provider);

    private void Note(IProvider provider, ProviderError error)
    {
        if (breakers.Failed(provider.Name, error))
            Log.Resting(log, provider.Name, error.Class);
    }

    private Task AcceptAsync(Job job, IProvider provider, Submission.Accepted accepted) => database.WriteAsync(
        async write =>
        {
            // A callback may have come before this answer: then there is something to look at already.
            var due = await CallRows.AnyAsync(write, job.Id) ? write.Now : FirstLookAt(job, provider, accepted, write.Now);
            var taken = job.Accepted(accepted.ExternalId, accepted.PollReference, due);
            // Called off while it was being asked for: only now is there something to tell the maker.
            if (!await JobRows.SaveAsync(write, job, taken) && await JobRows.FindAsync(write, job.Id) is { IsOver: true, State: not JobState.Done })
                recalls.After(write, taken);
        },
        CancellationToken.None);

    /// <summary>
    /// Who calls back and can prove it is not asked before the time it named itself; half of what is left to the deadline
    /// stays for asking, should the call get lost.
    /// </summary>
    private static DateTimeOffset FirstLookAt(Job job, IProvider provider, Submission.Accepted accepted, DateTimeOffset now)
    {
        if (provider.Traits.Callback != CallbackTrust.Proof || accepted.Wait is not { } wait || wait <= FirstLook)
            return now + FirstLook;
        var half = (job.Deadline - now) / 2;
        return now + (wait < half ? wait : half > FirstLook ? half : FirstLook);
    }

    private Task LoseAsync(Job job, IProvider provider) => database.WriteAsync(
        async write =>
        {
            var canAskAgain = provider.Traits.HonoursKeys && write.Now + AskAgain < job.Deadline;
            var due = canAskAgain ? write.Now + AskAgain
                : await CallRows.AnyAsync(write, job.Id) ? write.Now
                : job.Deadline;
            await JobRows.SaveAsync(write, job, canAskAgain ? job.Unanswered(due) : job.GoneQuiet(due));
        },
        CancellationToken.None);

    private async Task<bool> RejectAsync(Write write, Job job, ProviderError error)
    {
        var detail = $"{error.Code}: {error.Message}";
        if (error.Class == ErrorClass.RejectedContent)
            return await endings.FailAsync(write, job, FailReason.Refused, detail);
        if (error.Class == ErrorClass.BadInput)
            return await endings.FailAsync(write, job, FailReason.BadInput, detail);
        var pause = error.RetryAfter ?? (job.Attempts <= Pauses.Length ? Pauses[job.Attempts - 1] : TimeSpan.Zero);
        var isPatient = error.Class is ErrorClass.Transient or ErrorClass.RateLimited or ErrorClass.Timeout
            && job.Attempts <= Pauses.Length && pause <= PatienceMax && write.Now + pause < job.Deadline;
        var waiting = job.PutBack(isPatient ? write.Now + pause : write.Now, nextModel: !isPatient) with { Detail = detail };
        return await JobRows.SaveAsync(write, job, waiting);
    }

    private async Task<List<ProviderInput>?> InputsAsync(Job job, CancellationToken cancel)
    {
        var inputs = new List<ProviderInput>();
        foreach (var input in await InputRows.OfAsync(database, job.Id, cancel))
        {
            if (await media.FindAsync(job.UserId, input.MediaId, cancel) is not { } item)
                return null;
            await using var content = await media.OpenAsync(item, cancel: cancel);
            using var bytes = new MemoryStream((int)item.Bytes);
            await content.CopyToAsync(bytes, cancel);
            inputs.Add(new ProviderInput(input.Role, item.Type, bytes.ToArray()));
        }

        return inputs;
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Job {Job} at {Provider}: {Answer}")]
        public static partial void Asked(ILogger logger, string job, string provider, string answer);

        [LoggerMessage(Level = LogLevel.Warning, Message = "{Provider} is left alone for a while: {Why}")]
        public static partial void Resting(ILogger logger, string provider, ErrorClass why);
    }
}
