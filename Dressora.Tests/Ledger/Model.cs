using System.Collections.Immutable;
using Dressora.Web.Ledger;

namespace Dressora.Tests.Ledger;

/// <summary>
/// The ledger as LEDGER.md tells it: no database, nothing is ever changed, every command makes the next state. What the
/// real one answers and counts has to be the same, command by command.
/// </summary>
internal sealed record Model(
    ImmutableSortedDictionary<long, Person> People, ImmutableList<Lot> Lots, ImmutableList<Claim> Claims,
    ImmutableDictionary<string, (Ask Ask, Outcome Answer)> Kept)
{
    internal const string AtTheDoor = "refused at the door";

    internal static readonly Model Empty = new(
        ImmutableSortedDictionary<long, Person>.Empty, [], [], ImmutableDictionary<string, (Ask, Outcome)>.Empty);

    internal (Model After, object Answer) Do(Ask ask, DateTimeOffset clock)
    {
        if (!IsWithinBounds(ask))
            return (this, AtTheDoor);
        if (ask is Expire sweep)
            return DoExpire(sweep, clock);
        if (ask is Overdue late)
            return DoOverdue(late, clock);
        if (Kept.TryGetValue(ask.Key, out var kept))
            return (this, kept.Ask == ask ? kept.Answer : new KeyReused());
        var (after, answer) = ask switch
        {
            Give give => DoGive(give, clock),
            Freeze freeze => DoFreeze(freeze, Now(freeze.User, clock)),
            Settle settle => Close(settle.Reference, clock, (claim, now) => DoSettle(claim, settle.Actual, now)),
            Release release => Close(release.Reference, clock, (claim, now) => DoRelease(claim, release.Cause, now)),
            Revoke revoke => DoRevoke(revoke, clock),
            Adjust adjust => DoAdjust(adjust, clock),
            Forfeit forfeit => DoForfeit(forfeit, Now(forfeit.User, clock)),
            _ => throw new ArgumentOutOfRangeException(nameof(ask)),
        };
        return (after with { Kept = after.Kept.Add(ask.Key, (ask, answer)) }, answer);
    }

    /// <summary>Rule 9: time never runs backwards for a person.</summary>
    internal DateTimeOffset Now(long user, DateTimeOffset clock) =>
        People.TryGetValue(user, out var person) && person.LastAt >= clock ? person.LastAt.Value.AddMicroseconds(1) : clock;

    /// <summary>Rule 12.</summary>
    private static bool IsWithinBounds(Ask ask) => ask switch
    {
        Give { Order: var order } => order.Amount is >= 1 and <= Grant.AmountMax && order.EffectiveAt < order.ExpiresAt,
        Freeze freeze => freeze.Amount is >= 1 and <= Grant.AmountMax && freeze.Lifetime > TimeSpan.Zero && freeze.Lifetime <= TimeSpan.FromHours(24),
        Settle settle => settle.Actual is >= 0 and <= Grant.AmountMax,
        Revoke revoke => revoke.Portion is >= 1 and <= Grant.AmountMax,
        Adjust adjust => adjust.Amount is (>= 1 and <= Grant.AmountMax) or (<= -1 and >= -Grant.AmountMax),
        _ => true,
    };

    private (Model, Outcome) DoGive(Give give, DateTimeOffset clock)
    {
        var now = Now(give.Order.UserId, clock);
        var after = this;
        if (give.Resets == true)
        {
            foreach (var (_, i) in Burning(give.Order.UserId, give.Order.Scope, now).Where(at => at.Lot.Order.Category == Category.Plan))
                after = after.Move(i, Bucket.Available, Bucket.Expired, Lots[i].Available, now);
        }

        (after, var netted) = after.Issue(give.Order, now);
        return (after, new Granted(after.Lots.Count, netted));
    }

    private (Model, Outcome) DoFreeze(Freeze freeze, DateTimeOffset now)
    {
        if (Claims.FindIndex(claim => claim.Reference == freeze.Reference) is >= 0 and var existing)
            return (this, new AlreadyHeld(existing + 1));
        if (DebtOf(freeze.User) is > 0 and var debt)
            return (this, new InDebt(debt));
        var burning = Burning(freeze.User, freeze.Scope, now);
        if (burning.Sum(at => at.Lot.Available) is var available && available < freeze.Amount)
            return (this, new NotEnoughCredits(available, freeze.Amount));
        var (after, parts) = Take(burning, freeze.Amount, Bucket.Held, now);
        var hold = new Claim(
            freeze.User, freeze.Reference, freeze.Scope, freeze.Amount, now + freeze.Lifetime, parts, HoldState.Open, 0);
        return (after with { Claims = Claims.Add(hold) }, new Frozen(Claims.Count + 1, freeze.Amount));
    }

    /// <summary>Rule 4: terminal is terminal.</summary>
    private (Model, Outcome) Close(string reference, DateTimeOffset clock, Func<Claim, DateTimeOffset, (Model, Claim, Outcome)> close)
    {
        if (Claims.FindIndex(claim => claim.Reference == reference) is var i && i < 0)
            return (this, new NoSuchHold());
        if (Claims[i].State == HoldState.Settled)
            return (this, new AlreadySettled(Claims[i].Charged));
        if (Claims[i].State == HoldState.Released)
            return (this, new AlreadyReleased());
        var (after, closed, answer) = close(Claims[i], Now(Claims[i].User, clock));
        return (after with { Claims = Claims.SetItem(i, closed) }, answer);
    }

    private (Model, Claim, Outcome) DoSettle(Claim claim, long actual, DateTimeOffset now)
    {
        var (after, charged, back) = (this, Math.Min(actual, claim.Amount), ImmutableStack<Part>.Empty);
        var left = charged;
        foreach (var part in claim.Parts)
        {
            var paid = Math.Min(left, part.Amount);
            left -= paid;
            after = after.Move(part.Lot, Bucket.Held, Bucket.Spent, paid, now).Remind(part.Lot, now);
            back = back.Push(part with { Amount = part.Amount - paid });
        }

        foreach (var part in back)
            (after, _) = after.GiveBack(part, ReleaseCause.Failed, now);
        var overrun = actual - charged;
        after = overrun > 0 ? after.Stamp(claim.User, 0, now) : after;
        return (after, claim with { State = HoldState.Settled, Charged = charged }, new Settled(charged, claim.Amount - charged, overrun));
    }

    private (Model, Claim, Outcome) DoRelease(Claim claim, ReleaseCause cause, DateTimeOffset now)
    {
        var (after, sum) = (this, new Released(0, 0, 0));
        foreach (var part in claim.Parts.Reverse())
        {
            (after, var one) = after.GiveBack(part, cause, now);
            sum = new Released(sum.GivenBack + one.GivenBack, sum.MadeGood + one.MadeGood, sum.Lapsed + one.Lapsed);
        }

        return (after, claim with { State = HoldState.Released }, sum);
    }

    /// <summary>Rules 1 and 2: back into its own grant; if that has ended meanwhile, by whose fault it is.</summary>
    private (Model, Released) GiveBack(Part part, ReleaseCause cause, DateTimeOffset now)
    {
        var lot = Lots[part.Lot];
        var recalled = Math.Min(part.Amount, lot.Recalled);
        var rest = part.Amount - recalled;
        var after = With(part.Lot, lot with { Recalled = lot.Recalled - recalled }).Move(part.Lot, Bucket.Held, Bucket.Revoked, recalled, now);
        if (lot.IsLive(now))
            return (after.Move(part.Lot, Bucket.Held, Bucket.Available, rest, now), new Released(rest, 0, 0));
        after = after.Move(part.Lot, Bucket.Held, Bucket.Expired, rest, now);
        if (rest == 0 || cause == ReleaseCause.Cancelled)
            return (after, new Released(0, 0, rest));
        var again = new GrantOrder(
            lot.Order.UserId, Category.Compensation, rest, now, now.AddHours(72), Words.MadeGood, "", lot.Order.Scope);
        return (after.Issue(again, now).After, new Released(0, rest, 0));
    }

    private (Model, Outcome) DoRevoke(Revoke revoke, DateTimeOffset clock)
    {
        if (Lots.FindIndex(lot => lot.Order.Source == revoke.Source) is var i && i < 0)
            return (this, new NoSuchGrant());
        var now = Now(Lots[i].Order.UserId, clock);
        var after = Lapse(i, now);
        var lot = after.Lots[i];
        var left = Math.Min(revoke.Portion, lot.Order.Amount - lot.Revoked - lot.Owed - lot.Recalled);
        var taken = Math.Min(left, lot.Available);
        var owed = lot.IsCredit ? Math.Min(left - taken, lot.Spent - lot.Owed) : 0;
        var recalled = Math.Min(left - taken - owed, lot.Held - lot.Recalled);
        after = after.Move(i, Bucket.Available, Bucket.Revoked, taken, now).Owe(i, owed, now);
        after = after.With(i, after.Lots[i] with { Recalled = lot.Recalled + recalled });
        return (after, new Revoked(taken, owed, recalled, left - taken - owed - recalled));
    }

    private (Model, Outcome) DoAdjust(Adjust adjust, DateTimeOffset clock)
    {
        if (string.IsNullOrWhiteSpace(adjust.Reason))
            return (this, new ReasonMissing());
        var now = Now(adjust.User, clock);
        if (adjust.Amount > 0)
        {
            var gift = new GrantOrder(adjust.User, Category.Promo, adjust.Amount, clock, clock.AddDays(92), "gift:" + adjust.Key, adjust.Reason);
            return (Issue(gift, now).After, new Adjusted(adjust.Amount));
        }

        var burning = Burning(adjust.User, Scopes.Any, now);
        if (burning.Sum(at => at.Lot.Available) is var available && available < -adjust.Amount)
            return (this, new NotEnoughCredits(available, -adjust.Amount));
        return (Take(burning, -adjust.Amount, Bucket.Revoked, now).After, new Adjusted(adjust.Amount));
    }

    /// <summary>Rule 11.</summary>
    private (Model, Outcome) DoForfeit(Forfeit forfeit, DateTimeOffset now)
    {
        var (after, sum) = (this, 0L);
        foreach (var i in Enumerable.Range(0, Lots.Count).Where(i => Lots[i].Order.UserId == forfeit.User))
        {
            after = after.Lapse(i, now);
            sum += after.Lots[i].IsCredit ? after.Lots[i].Available : 0;
            after = after.Move(i, Bucket.Available, Bucket.Expired, after.Lots[i].Available, now);
        }

        return (after, new Forfeited(sum));
    }

    /// <summary>Rule 10: by the clock, never early.</summary>
    private (Model, object) DoExpire(Expire sweep, DateTimeOffset clock)
    {
        var due = Enumerable.Range(0, Lots.Count).Where(i => Lots[i].Available > 0 && Lots[i].Order.ExpiresAt <= clock)
            .OrderBy(i => Lots[i].Order.ExpiresAt).Take(sweep.AtMost).ToList();
        return (due.Aggregate(this, (after, i) => after.Lapse(i, Now(Lots[i].Order.UserId, clock))), due.Count);
    }

    private (Model, object) DoOverdue(Overdue sweep, DateTimeOffset clock)
    {
        var late = Claims.Where(claim => claim.State == HoldState.Open && claim.Deadline <= clock).OrderBy(claim => claim.User).Take(sweep.AtMost)
            .Select(claim => claim.Reference).ToList();
        var after = late.Aggregate(this, (model, reference) =>
            model.Do(new Release("deadline:" + reference, reference, ReleaseCause.Failed), clock).After);
        return (after, string.Join(' ', late));
    }

    /// <summary>The total order of burning: the most perishable first.</summary>
    private List<(Lot Lot, int Index)> Burning(long user, string scope, DateTimeOffset now) =>
    [
        .. Lots.Select((lot, i) => (Lot: lot, Index: i))
            .Where(at => at.Lot.Order.UserId == user && at.Lot.Order.Scope == scope && at.Lot.Available > 0 && at.Lot.IsLive(now))
            .OrderBy(at => (int)at.Lot.Order.Category).ThenBy(at => at.Lot.Order.ExpiresAt).ThenBy(at => at.Lot.Order.EffectiveAt),
    ];

    private (Model After, ImmutableList<Part> Parts) Take(List<(Lot Lot, int Index)> burning, long amount, Bucket to, DateTimeOffset now)
    {
        var (after, parts, left) = (this, ImmutableList<Part>.Empty, amount);
        foreach (var (lot, i) in burning.TakeWhile(_ => left > 0))
        {
            parts = parts.Add(new Part(i, Math.Min(left, lot.Available)));
            left -= parts[^1].Amount;
            after = after.Move(i, Bucket.Available, to, parts[^1].Amount, now);
        }

        return (after, parts);
    }

    /// <summary>Rule 8: a paid grant nets what is owed.</summary>
    private (Model After, long Netted) Issue(GrantOrder order, DateTimeOffset now)
    {
        var netted = order is { Category: Category.Paid, Scope: Scopes.Any } ? Math.Min(DebtOf(order.UserId), order.Amount) : 0;
        var lot = new Lot(order, order.Amount - netted, 0, netted, 0, 0, 0, 0);
        return ((this with { Lots = Lots.Add(lot) }).Stamp(order.UserId, -netted, now), netted);
    }

    /// <summary>A refund that waited for held credits finds them spent.</summary>
    private Model Remind(int i, DateTimeOffset now)
    {
        var tooLate = Math.Max(0, Lots[i].Recalled - Lots[i].Held);
        var after = With(i, Lots[i] with { Recalled = Lots[i].Recalled - tooLate });
        return Lots[i].IsCredit ? after.Owe(i, tooLate, now) : after;
    }

    private Model Owe(int i, long amount, DateTimeOffset now) => amount == 0
        ? this
        : With(i, Lots[i] with { Owed = Lots[i].Owed + amount }).Stamp(Lots[i].Order.UserId, amount, now);

    private Model Lapse(int i, DateTimeOffset now) =>
        Lots[i].Order.ExpiresAt <= now ? Move(i, Bucket.Available, Bucket.Expired, Lots[i].Available, now) : this;

    private Model Move(int i, Bucket from, Bucket to, long amount, DateTimeOffset now) =>
        amount == 0 ? this : With(i, Lots[i].Move(from, to, amount)).Stamp(Lots[i].Order.UserId, 0, now);

    private Model With(int i, Lot lot) => this with { Lots = Lots.SetItem(i, lot) };

    private Model Stamp(long user, long debt, DateTimeOffset now) =>
        this with { People = People.SetItem(user, new Person(DebtOf(user) + debt, now)) };

    private long DebtOf(long user) => People.TryGetValue(user, out var person) ? person.Debt : 0;
}
