using Dressora.Web.Data;

namespace Dressora.Web.Ledger;

/// <summary>
/// The only place where a balance changes. It knows people by number, grants by source and holds by reference; it does
/// not know what a job, a tool or a payment is.
/// </summary>
public sealed class CreditLedger(LedgerGuard guard)
{
    private static readonly TimeSpan GiftLife = TimeSpan.FromDays(92);

    /// <summary><see cref="Granted"/>, <see cref="AlreadyGranted"/> or <see cref="KeyReused"/>.</summary>
    public Task<Outcome> GrantAsync(Write write, GrantOrder order, string actor = Command.System)
    {
        order.Check();
        var command = new Command("grant:" + order.Source, actor);
        return OnceAsync(write, command, order.Content, () => Giving.GrantAsync(write, command, order));
    }

    /// <summary>A plan's next credits; <paramref name="resets"/> says whether older ones of the plan end now.</summary>
    public Task<Outcome> RenewAsync(Write write, GrantOrder order, bool resets)
    {
        order.Check();
        var command = new Command("grant:" + order.Source);
        return OnceAsync(
            write,
            command,
            order.Content + Command.Content("renew", resets), () => Giving.RenewAsync(write, command, order, resets));
    }

    /// <summary>
    /// <see cref="Frozen"/>, <see cref="NotEnoughCredits"/>, <see cref="InDebt"/>, <see cref="AlreadyHeld"/> or
    /// <see cref="KeyReused"/>.
    /// </summary>
    public Task<Outcome> FreezeAsync(
        Write write, Command command, long userId, long amount, string reference, string scope = Scopes.Any, TimeSpan? lifetime = null)
    {
        var life = lifetime ?? Hold.LifetimeDefault;
        Bound(amount, 1);
        ArgumentException.ThrowIfNullOrEmpty(reference);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reference.Length, Hold.ReferenceMax, nameof(reference));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(life, TimeSpan.Zero, nameof(lifetime));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(life, Hold.LifetimeMax, nameof(lifetime));
        return OnceAsync(
            write,
            command,
            Command.Content("freeze", userId, amount, reference, scope, life.Ticks),
            () => Holding.FreezeAsync(write, command, userId, amount, reference, scope, life));
    }

    /// <summary>
    /// <see cref="Settled"/>, <see cref="NoSuchHold"/>, <see cref="AlreadySettled"/>, <see cref="AlreadyReleased"/> or
    /// <see cref="KeyReused"/>. Only in the write that also records the durable result.
    /// </summary>
    public Task<Outcome> SettleAsync(Write write, Command command, string reference, long actual)
    {
        Bound(actual, 0);
        return OnceAsync(
            write,
            command,
            Command.Content("settle", reference, actual), () => Holding.SettleAsync(write, command, reference, actual));
    }

    /// <summary><see cref="Released"/>, or one of the refusals of <see cref="SettleAsync"/>.</summary>
    public Task<Outcome> ReleaseAsync(Write write, Command command, string reference, ReleaseCause cause, string reason) =>
        OnceAsync(
            write,
            command,
            Command.Content("release", reference, cause), () => Holding.ReleaseAsync(write, command, reference, cause, reason));

    /// <summary><see cref="Revoked"/>, <see cref="NoSuchGrant"/> or <see cref="KeyReused"/>.</summary>
    public Task<Outcome> RevokeAsync(Write write, Command command, string source, long portion, string reason)
    {
        Bound(portion, 1);
        return OnceAsync(
            write,
            command,
            Command.Content("revoke", source, portion), () => TakingBack.RevokeAsync(write, command, source, portion, reason));
    }

    /// <summary>
    /// An admin's gift or correction: <see cref="Adjusted"/>, <see cref="ReasonMissing"/>, <see cref="NotEnoughCredits"/>
    /// or <see cref="KeyReused"/>.
    /// </summary>
    public Task<Outcome> AdjustAsync(Write write, Command command, long userId, long amount, string reason)
    {
        ArgumentOutOfRangeException.ThrowIfZero(amount);
        Bound(amount, -Grant.AmountMax);
        return OnceAsync(write, command, Command.Content("adjust", userId, amount, reason), async () =>
        {
            if (string.IsNullOrWhiteSpace(reason))
                return new ReasonMissing();
            if (amount < 0)
                return await TakingBack.CorrectAsync(write, command, userId, -amount, reason);
            var gift = new GrantOrder(
                userId, Category.Promo, amount, write.Now, write.Now + GiftLife, "gift:" + command.Key, reason);
            return await Giving.GrantAsync(write, command, gift) is Granted ? new Adjusted(amount) : new KeyReused();
        });
    }

    /// <summary>Whoever deletes an account gives up what is left in it: <see cref="Forfeited"/>.</summary>
    public Task<Outcome> ForfeitAsync(Write write, Command command, long userId, string reason) => OnceAsync(
        write,
        command,
        Command.Content("forfeit", userId), () => TakingBack.ForfeitAsync(write, command, userId, reason));

    /// <summary>BookSums a bounded number of expiries; may be late, run twice, or run on two nodes, and changes no answer.</summary>
    public async Task<int> ExpireAsync(Write write, int atMost)
    {
        await guard.PassAsync(write);
        return await TakingBack.ExpireAsync(write, atMost);
    }

    /// <summary>Gives back a bounded number of holds that nobody closed in time; says which references they had.</summary>
    public async Task<IReadOnlyList<string>> ReleaseOverdueAsync(Write write, int atMost)
    {
        await guard.PassAsync(write);
        var released = new List<string>();
        var overdue = await HoldRows.OverdueAsync(write, atMost);
        await LedgerLocks.HoldAsync(write, overdue.Select(hold => hold.UserId));
        foreach (var reference in overdue.Select(hold => hold.Reference))
        {
            if (await HoldRows.FindAsync(write, reference) is not { State: HoldState.Open })
                continue;
            await ReleaseAsync(write, new Command($"deadline:{reference}"), reference, ReleaseCause.Failed, "deadline");
            released.Add(reference);
        }

        return released;
    }

    private async Task<Outcome> OnceAsync(Write write, Command command, string content, Func<Task<Outcome>> effect)
    {
        await guard.PassAsync(write);
        return await command.OnceAsync(write, content, effect);
    }

    private static void Bound(long amount, long least)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(amount, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(amount, Grant.AmountMax);
    }
}
