using System.Globalization;
using Dressora.Tests.Harness;
using Dressora.Web.Ledger;

namespace Dressora.Tests.Ledger;

/// <summary>One step of a generated story. Everything in it is data, so that a story can be printed, cut and played again.</summary>
internal abstract record Step;

/// <summary>Something is asked; a grant's times count from the clock of that moment. Undone: its write is rolled back.</summary>
internal sealed record Asked(Ask Ask, bool Undone = false) : Step;

/// <summary>The same command once more, from so many commands ago.</summary>
internal sealed record Again(int Back) : Step;

/// <summary>A grant that was used is taken back: what is available, half of what was spent too, all of that, or everything.</summary>
internal sealed record Refund(string Key, int Which, int Part) : Step;

/// <summary>The clock moves, forward or back.</summary>
internal sealed record Tick(TimeSpan By) : Step;

/// <summary>The clock is set to just before, at, or just after one of the instants at which something begins or ends.</summary>
internal sealed record Jump(int Which, int Microseconds) : Step;

/// <summary>What the model made of one step: what to ask when, what the answer is and what everything counts then.</summary>
internal sealed record Line(DateTimeOffset Clock, Ask Ask, bool Undone, string Answer, string State);

/// <summary>A story as the model tells it.</summary>
internal sealed class Script
{
    /// <summary>Before a number: that one of the open holds, or of the grants, the most used first; for a freeze, a job nobody knows.</summary>
    internal const string Known = "~";

    /// <summary>Numbers below it prefer what is open.</summary>
    internal const int FirstMax = 7;

    private readonly List<Ask> _asked = [];
    private readonly Meter? _meter;
    private Model _model = Model.Empty;
    private DateTimeOffset _clock = FakeClock.Start;

    private Script(Meter? meter) => _meter = meter;

    internal List<Line> Lines { get; } = [];

    internal static Script Of(IEnumerable<Step> steps, Meter? meter = null)
    {
        var script = new Script(meter);
        foreach (var step in steps)
            script.Play(step);
        script.Drain();
        return script;
    }

    internal static string Text(IEnumerable<Step> steps) => string.Join('\n', steps.Select((step, i) => $"{i}. {step}"));

    internal static string Describe(object answer) => Convert.ToString(answer, CultureInfo.InvariantCulture)!;

    private void Play(Step step)
    {
        switch (step)
        {
            case Tick tick:
                _clock += tick.By;
                break;
            case Jump jump:
                if (Instants().ToList() is { Count: > 0 } instants)
                    _clock = instants[jump.Which % instants.Count].AddMicroseconds(jump.Microseconds);
                break;
            case Again again:
                if (_asked.Count > 0)
                    Put(_asked[^(1 + (again.Back % _asked.Count))], false);
                break;
            case Refund refund:
                if (UsedMost.ElementAtOrDefault(refund.Which) is { } lot)
                    Put(new Revoke(refund.Key, lot.Order.Source, Portion(lot, refund.Part)), false);
                break;
            case Asked { Ask: Give give } asked:
                Put(new Give(Later(give.Order, _clock - FakeClock.Start), give.Resets), asked.Undone);
                break;
            case Asked asked:
                Put(Named(asked.Ask), asked.Undone);
                break;
        }
    }

    private static GrantOrder Later(GrantOrder order, TimeSpan by) => order with
    {
        EffectiveAt = order.EffectiveAt + by,
        ExpiresAt = order.ExpiresAt == Grant.Never ? Grant.Never : order.ExpiresAt + by,
    };

    private Ask Named(Ask ask) => ask switch
    {
        Freeze { Again: true } freeze => freeze with { Reference = Named(freeze.Reference, Open, Jobs, "job"), Again = false },
        Freeze freeze => freeze with { Reference = Named(freeze.Reference, [], [], $"new{_model.Claims.Count}-") },
        Settle settle => settle with { Reference = Named(settle.Reference, Open, Jobs, "job") },
        Release release => release with { Reference = Named(release.Reference, Open, Jobs, "job") },
        Revoke revoke => revoke with { Source = Named(revoke.Source, [], [.. UsedMost.Select(lot => lot.Order.Source)], "pay") },
        _ => ask,
    };

    private static long Portion(Lot lot, int part) => Math.Max(1, part switch
    {
        0 => lot.Available,
        1 => lot.Available + (lot.Spent / 2),
        2 => lot.Available + lot.Spent,
        _ => lot.Order.Amount,
    });

    private List<string> Jobs => [.. _model.Claims.Select(claim => claim.Reference)];
    private List<string> Open => [.. _model.Claims.Where(claim => claim.State == HoldState.Open).Select(claim => claim.Reference)];

    private IEnumerable<Lot> UsedMost =>
        _model.Lots.Where(lot => lot.Order.Source != Words.MadeGood).OrderByDescending(lot => lot.Spent + lot.Held);

    private static string Named(string name, List<string> first, List<string> all, string otherwise)
    {
        if (!name.StartsWith(Known, StringComparison.Ordinal))
            return name;
        var number = int.Parse(name[Known.Length..], CultureInfo.InvariantCulture);
        var among = first.Count > 0 && number < FirstMax ? first : all;
        return among.Count == 0 ? $"{otherwise}{number}" : among[number % among.Count];
    }

    /// <summary>Nothing stays open or available, so that the sweeps of the next story find nothing of this one.</summary>
    private void Drain()
    {
        foreach (var claim in _model.Claims.Where(claim => claim.State == HoldState.Open))
            Put(new Release("drain:" + claim.Reference, claim.Reference, ReleaseCause.Cancelled), false);
        foreach (var user in _model.People.Keys)
            Put(new Forfeit($"drain:{user}", user), false);
    }

    private void Put(Ask ask, bool undone)
    {
        _meter?.Count(_model, ask, _clock);
        var (after, answer) = _model.Do(ask, _clock);
        Lines.Add(new Line(_clock, ask, undone, Describe(answer), State(after)));
        _asked.Add(ask);
        if (!undone)
            _model = after;
    }

    /// <summary>Every beginning and end that is not far behind, soonest first.</summary>
    private IEnumerable<DateTimeOffset> Instants() => _model.Lots.SelectMany(lot => new[] { lot.Order.EffectiveAt, lot.Order.ExpiresAt })
        .Concat(_model.Claims.Where(claim => claim.State == HoldState.Open).Select(claim => claim.Deadline))
        .Where(instant => instant > _clock.AddHours(-1) && instant < Grant.Never).Distinct().Order();

    private static string State(Model model) => string.Join('\n',
    [
        .. model.People.Select(at => Words.Person(
            at.Key, Sum(model, at.Key, lot => lot.Available), Sum(model, at.Key, lot => lot.Held), at.Value.Debt, at.Value.LastAt!.Value)),
        .. model.Lots.Select((lot, i) => Words.Grant(
            i + 1, lot.Order.Source, lot.Order.UserId, lot.Order.Category, lot.Order.Scope, lot.Order.EffectiveAt, lot.Order.ExpiresAt,
            (lot.Order.Amount, lot.Available, lot.Held, lot.Spent, lot.Expired, lot.Revoked, lot.Recalled, lot.Owed))),
        .. model.Claims.Select((claim, i) => Words.Hold(
            i + 1, claim.Reference, claim.User, claim.Scope, claim.Amount, claim.State, claim.Charged, claim.Deadline,
            claim.Parts.Select(part => (part.Lot + 1, part.Amount)))),
    ]);

    private static long Sum(Model model, long user, Func<Lot, long> of) =>
        model.Lots.Where(lot => lot.Order.UserId == user && lot.IsCredit).Sum(of);
}
