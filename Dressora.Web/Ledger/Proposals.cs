using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Ledger;

public abstract record Proposed
{
    private Proposed()
    {
    }

    public sealed record Done(Outcome Outcome) : Proposed;

    /// <summary>Too large for one admin: it waits for another.</summary>
    public sealed record Waiting(long Id) : Proposed;
}

public enum Decision
{
    Done,

    /// <summary>Decided already, one's own, or what it takes back is no longer there.</summary>
    NotPossible,
}

/// <summary>Gifts and corrections by admins: small ones at once, large ones by two pairs of eyes, all in the audit list.</summary>
public sealed class Proposals(Database database, CreditLedger ledger, GiftTold told)
{
    /// <summary>The key comes from the form, so that a double press gives once.</summary>
    public Task<Proposed> AskAsync(string key, long userId, long amount, string reason, long actorId) =>
        database.WriteAsync<Proposed>(async write =>
        {
            if (string.IsNullOrWhiteSpace(reason))
                return new Proposed.Done(new ReasonMissing());
            if (Math.Abs(amount) <= Proposal.AloneMax)
                return new Proposed.Done(await AdjustAsync(write, key, userId, amount, reason, actorId));

            await write.HoldAsync($"proposal {key}");
            if (await write.Db.CreditProposals.SingleOrDefaultAsync(known => known.Key == key) is { } asked)
                return asked.Asks(userId, amount, reason) ? new Proposed.Waiting(asked.Id) : new Proposed.Done(new KeyReused());
            var proposal = new Proposal(key, userId, amount, reason, actorId, write.Now);
            write.Db.CreditProposals.Add(proposal);
            await write.SaveAsync();
            write.Audit(actorId, "propose credits", $"person {userId}", $"{amount}: {reason}");
            return new Proposed.Waiting(proposal.Id);
        });

    public Task<Decision> ApproveAsync(long id, long actorId) => database.WriteAsync(async write =>
    {
        var proposal = await FindAsync(write, id);
        if (proposal is null || !proposal.MayApprove(actorId))
            return Decision.NotPossible;
        var outcome = await AdjustAsync(write, $"proposal:{id}", proposal.UserId, proposal.Amount, proposal.Reason, actorId);
        if (outcome is Adjusted)
            return proposal.Approve(actorId, write.Now) ? Decision.Done : Decision.NotPossible;
        proposal.Decline(actorId, write.Now);
        return Decision.NotPossible;
    });

    public Task<Decision> DeclineAsync(long id, long actorId) => database.WriteAsync(async write =>
    {
        var proposal = await FindAsync(write, id);
        if (proposal is null || !proposal.Decline(actorId, write.Now))
            return Decision.NotPossible;
        write.Audit(actorId, "decline credits", $"person {proposal.UserId}", $"{proposal.Amount}: {proposal.Reason}");
        return Decision.Done;
    });

    private static async Task<Proposal?> FindAsync(Write write, long id)
    {
        await write.HoldAsync($"proposal {id}");
        return await write.Db.CreditProposals.SingleOrDefaultAsync(proposal => proposal.Id == id);
    }

    private async Task<Outcome> AdjustAsync(Write write, string key, long userId, long amount, string reason, long actorId)
    {
        await write.HoldAsync($"credits {key}");
        var isAnswered = await write.Db.CreditCommands.AnyAsync(kept => kept.Key == key);
        var outcome = await ledger.AdjustAsync(write, new Command(key, $"admin {actorId}"), userId, amount, reason);
        if (outcome is not Adjusted || isAnswered)
            return outcome;
        write.Audit(actorId, amount > 0 ? "gift credits" : "correct credits", $"person {userId}", $"{amount}: {reason}");
        if (amount > 0)
            await told(write, userId);
        return outcome;
    }
}
