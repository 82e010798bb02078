namespace Dressora.Web.Ledger;

public enum ProposalState
{
    Waiting,
    Approved,
    Declined,
}

/// <summary>A gift or correction so large that a second admin has to agree.</summary>
public sealed class Proposal
{
    /// <summary>Up to here one admin decides alone.</summary>
    public const long AloneMax = 10_000;

    private Proposal()
    {
    }

    public Proposal(string key, long userId, long amount, string reason, long proposedBy, DateTimeOffset now)
    {
        Key = key;
        UserId = userId;
        Amount = amount;
        Reason = reason;
        ProposedBy = proposedBy;
        ProposedAt = now;
    }

    public long Id { get; private set; }

    /// <summary>From the form: pressing twice proposes once.</summary>
    public string Key { get; private set; } = "";
    public long UserId { get; private set; }
    public long Amount { get; private set; }
    public string Reason { get; private set; } = "";
    public long ProposedBy { get; private set; }
    public DateTimeOffset ProposedAt { get; private set; }
    public ProposalState State { get; private set; }
    public long? DecidedBy { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    public bool Asks(long userId, long amount, string reason) => (UserId, Amount, Reason) == (userId, amount, reason);

    public bool MayApprove(long by) => State == ProposalState.Waiting && by != ProposedBy;

    public bool Approve(long by, DateTimeOffset now) => MayApprove(by) && Decide(ProposalState.Approved, by, now);

    /// <summary>Whoever proposed it may also take it back.</summary>
    public bool Decline(long by, DateTimeOffset now) => Decide(ProposalState.Declined, by, now);

    private bool Decide(ProposalState state, long by, DateTimeOffset now)
    {
        if (State != ProposalState.Waiting)
            return false;
        (State, DecidedBy, DecidedAt) = (state, by, now);
        return true;
    }
}
