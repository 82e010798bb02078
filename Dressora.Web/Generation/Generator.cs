using System.Security.Cryptography;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;

namespace Dressora.Web.Generation;

/// <summary>From a request to a result of one's own, once, or the credits back.</summary>
public sealed class Generator(
    Database database, CreditLedger ledger, Allowances allowances, JobBell bell, Makers makers, Endings endings, IHostEnvironment environment)
{
    public const int WaitingMax = 20;
    private const string Measurement = "Measurement";
    private static readonly TimeSpan QueueMax = TimeSpan.FromHours(1);

    /// <summary>Whoever measures asks for more than a person ever would.</summary>
    private readonly int _waitingMax = environment.IsEnvironment(Measurement) ? int.MaxValue : WaitingMax;

    /// <summary>The hold and the job are one write: there is never one without the other.</summary>
    public Task<SubmitOutcome> SubmitAsync(JobOrder order) => database.WriteAsync(write => SubmitAsync(write, order));

    /// <summary>The credits go back whatever the maker still does; a result that comes after all is kept out.</summary>
    public Task<CancelOutcome> CancelAsync(long userId, string jobId) => database.WriteAsync(async write =>
    {
        if (await JobRows.FindAsync(write, jobId) is not { } job || job.UserId != userId)
            return CancelOutcome.NotFound;
        if (!await endings.CancelAsync(write, job))
            return CancelOutcome.TooLate;
        write.AfterCommit(bell.Ring);
        return CancelOutcome.Cancelled;
    });

    /// <summary>An admin's word on a job that hangs: the credits go back and the person is told.</summary>
    public Task<bool> EndAsync(string jobId, string reason, long actorId) => database.WriteAsync(async write =>
    {
        if (await JobRows.FindAsync(write, jobId) is not { } job || !await endings.BreakOffAsync(write, job, reason))
            return false;
        write.Audit(actorId, "end a job", $"person {job.UserId}", $"{job.Reference}: {reason}");
        return true;
    });

    /// <summary>Makes a job due at once, for an admin who does not want to wait for the next look.</summary>
    public Task<bool> HurryAsync(string jobId, long actorId) => database.WriteAsync(async write =>
    {
        if (await JobRows.FindAsync(write, jobId) is not { IsOver: false } job)
            return false;
        await CallRows.WakeAsync(write, jobId);
        write.Audit(actorId, "look at a job", $"person {job.UserId}", job.Reference);
        write.AfterCommit(bell.Ring);
        return true;
    });

    private async Task<SubmitOutcome> SubmitAsync(Write write, JobOrder order)
    {
        await write.HoldAsync($"jobs of {order.UserId}");
        var fingerprint = order.Fingerprint();
        if (await JobRows.FindAsync(write, order.UserId, order.ClientId) is { } before)
        {
            return before.Fingerprint.AsSpan().SequenceEqual(fingerprint)
                ? new SubmitOutcome.TheSame(before)
                : new SubmitOutcome.OtherContent();
        }

        if (await JobRows.WaitingAsync(write, order.UserId) >= _waitingMax)
            return new SubmitOutcome.TooManyWaiting(_waitingMax);
        if (await makers.FirstAsync(write, order.Tool) is not { } model)
            return new SubmitOutcome.NoMaker();
        await allowances.IssueAsync(write, order.UserId, await ZoneOfAsync(write, order.UserId));
        var job = await NewAsync(write, order, fingerprint, model);
        if (await IsOverspentAsync(write, order.Key, job.Price))
            return new SubmitOutcome.KeySpent(order.Key!.SpendMax!.Value);
        if (await IsAllowedAsync(write, job, order.Scope))
            job = job with { Price = job.Count, Scope = order.Scope! };
        else if (await FreezeAsync(write, job) is { } refusal)
            return refusal;
        await JobRows.InsertAsync(write, job);
        await InputRows.InsertAsync(write, job.Id, order.Inputs);
        write.AfterCommit(bell.Ring);
        return new SubmitOutcome.Submitted(job);
    }

    private static async Task<Job> NewAsync(Write write, JobOrder order, byte[] fingerprint, Model model) => new()
    {
        Id = Guid.CreateVersion7(write.Now).ToString("N"),
        UserId = order.UserId,
        ClientId = order.ClientId,
        Tool = order.Tool,
        Kind = order.Kind,
        Fingerprint = fingerprint,
        Parameters = JobOrder.Canonical(order.Parameters).ToJsonString(),
        Count = order.Count,
        IsHeavy = order.IsHeavy,
        Price = model.Price * order.Count,
        KeyId = order.Key?.Id,
        CallbackToken = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
        CreatedAt = write.Now,
        Turn = await JobRows.NextTurnAsync(write, order.UserId),
        DueAt = write.Now,
        Deadline = write.Now + QueueMax,
    };

    private static async Task<bool> IsOverspentAsync(Write write, PayingKey? key, long price)
    {
        var month = new DateTimeOffset(write.Now.Year, write.Now.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return key?.SpendMax is { } most && await JobRows.SpentAsync(write, key.Id, month) + price > most;
    }

    private static async Task<string> ZoneOfAsync(Write write, long userId) =>
        await write.RowAsync("SELECT time_zone FROM users WHERE id = @id", row => row.GetString(0), ("@id", userId)) ?? Zone.Utc;

    /// <summary>Whether the day's allowance of this tool pays for it; an allowance counts uses, not credits.</summary>
    private async Task<bool> IsAllowedAsync(Write write, Job job, string? scope) => scope is not null
        && await ledger.FreezeAsync(write, new Command($"allow:{job.Id}"), job.UserId, job.Count, job.Reference, scope) is Frozen;

    /// <summary>
    /// The key is the job's own, not the client's: somebody who buys credits and asks again is not answered with the old
    /// refusal.
    /// </summary>
    private async Task<SubmitOutcome?> FreezeAsync(Write write, Job job) =>
        await ledger.FreezeAsync(write, new Command($"freeze:{job.Id}"), job.UserId, job.Price, job.Reference) switch
        {
            Frozen => null,
            NotEnoughCredits(var available, var needed) => new SubmitOutcome.NotEnough(available, needed),
            InDebt(var debt) => new SubmitOutcome.InDebt(debt),
            var other => throw new InvalidOperationException($"A new job's hold answered {other}."),
        };
}
