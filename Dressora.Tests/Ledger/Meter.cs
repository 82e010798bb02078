using Dressora.Web.Ledger;

namespace Dressora.Tests.Ledger;

internal enum HoldIs
{
    None,
    Open,
    Overdue,
    Settled,
    Released,
}

internal enum GrantIs
{
    None,

    /// <summary>Begins later.</summary>
    Future,
    Live,

    /// <summary>Live, and nothing of it is available.</summary>
    Drained,

    /// <summary>Ended, and the sweep has not come.</summary>
    Due,

    /// <summary>Ended, and nothing of it is available.</summary>
    Lapsed,
    Revoked,
    Owed,
    Recalled,
}

/// <summary>
/// Counts which (verb, hold state, grant state) cells a run has reached: a generator that never reaches a case proves
/// nothing about it. A hold and a grant stand in one cell when the hold takes from the grant.
/// </summary>
internal sealed class Meter
{
    private static readonly string[] OfReference = [nameof(Settle), nameof(Release)];

    private static readonly string[] Verbs =
    [
        "Give", "Renew, reset", "Renew, top up", nameof(Freeze), nameof(Settle), "Release, failed", "Release, cancelled", nameof(Revoke),
        "Adjust, up", "Adjust, down", nameof(Forfeit), nameof(Expire), nameof(Overdue),
    ];

    private readonly Dictionary<(string Verb, HoldIs Hold, GrantIs Grant), long> _cells =
        All.ToDictionary(cell => cell, _ => 0L);

    internal static IEnumerable<(string Verb, HoldIs Hold, GrantIs Grant)> All =>
        from verb in Verbs
        from hold in Enum.GetValues<HoldIs>()
        from grant in Enum.GetValues<GrantIs>()
        where IsPossible(verb, hold, grant)
        select (verb, hold, grant);

    internal IEnumerable<string> Empty => _cells.Where(cell => cell.Value == 0).Select(cell => $"{cell.Key.Verb} / {cell.Key.Hold} / {cell.Key.Grant}");
    internal string Rarest => string.Join(", ", _cells.OrderBy(cell => cell.Value).Take(8).Select(cell => $"{cell.Key} {cell.Value}"));
    internal int Cells => _cells.Count;

    internal void Count(Model model, Ask ask, DateTimeOffset clock)
    {
        foreach (var (hold, grant) in Reached(model, ask, clock).Distinct())
            _cells[(VerbOf(ask), hold, grant)]++;
    }

    /// <summary>
    /// No hold takes from a grant that begins later. What is recalled is held. Settle and release know a grant only
    /// through a hold.
    /// </summary>
    private static bool IsPossible(string verb, HoldIs hold, GrantIs grant) => (hold, grant) switch
    {
        (HoldIs.None, GrantIs.None) => true,
        (HoldIs.None, _) when OfReference.Any(verb.StartsWith) => false,
        (HoldIs.None, GrantIs.Recalled) => verb == nameof(Freeze),
        (HoldIs.None, _) => true,
        (_, GrantIs.None or GrantIs.Future) => false,
        _ => true,
    };

    private static string VerbOf(Ask ask) => ask switch
    {
        Give give => give.Resets switch { null => "Give", true => "Renew, reset", false => "Renew, top up" },
        Release release => release.Cause == ReleaseCause.Failed ? "Release, failed" : "Release, cancelled",
        Adjust adjust => adjust.Amount > 0 ? "Adjust, up" : "Adjust, down",
        _ => ask.Verb,
    };

    private static IEnumerable<(HoldIs, GrantIs)> Reached(Model model, Ask ask, DateTimeOffset clock)
    {
        var cells = ask switch
        {
            Settle settle => OfClaim(model, settle.Reference, clock),
            Release release => OfClaim(model, release.Reference, clock),
            Freeze freeze => model.Claims.Any(claim => claim.Reference == freeze.Reference)
                ? OfClaim(model, freeze.Reference, clock)
                : OfLots(model, clock, lot => lot.Order.UserId == freeze.User).Select(cell => (HoldIs.None, cell.Item2)),
            Revoke revoke => OfLots(model, clock, lot => lot.Order.Source == revoke.Source),
            Give give => OfLots(model, clock, lot => lot.Order.UserId == give.Order.UserId),
            Adjust adjust => OfLots(model, clock, lot => lot.Order.UserId == adjust.User),
            Forfeit forfeit => OfLots(model, clock, lot => lot.Order.UserId == forfeit.User),
            _ => OfLots(model, clock, _ => true),
        };
        return cells.DefaultIfEmpty((HoldIs.None, GrantIs.None));
    }

    private static IEnumerable<(HoldIs, GrantIs)> OfClaim(Model model, string reference, DateTimeOffset clock) =>
        model.Claims.Where(claim => claim.Reference == reference)
            .SelectMany(claim => claim.Parts.Select(part => (Is(claim, clock), Is(model, model.Lots[part.Lot], clock))));

    private static IEnumerable<(HoldIs, GrantIs)> OfLots(Model model, DateTimeOffset clock, Func<Lot, bool> among)
    {
        for (var i = 0; i < model.Lots.Count; i++)
        {
            var lot = model.Lots[i];
            if (!among(lot))
                continue;
            var holds = model.Claims.Where(claim => claim.Parts.Any(part => part.Lot == i)).Select(claim => Is(claim, clock)).DefaultIfEmpty(HoldIs.None);
            foreach (var hold in holds)
                yield return (hold, Is(model, lot, clock));
        }
    }

    private static HoldIs Is(Claim claim, DateTimeOffset clock) => claim.State switch
    {
        HoldState.Settled => HoldIs.Settled,
        HoldState.Released => HoldIs.Released,
        _ => claim.Deadline <= clock ? HoldIs.Overdue : HoldIs.Open,
    };

    private static GrantIs Is(Model model, Lot lot, DateTimeOffset clock) => lot switch
    {
        { Recalled: > 0 } => GrantIs.Recalled,
        { Owed: > 0 } => GrantIs.Owed,
        { Revoked: > 0 } => GrantIs.Revoked,
        _ when lot.Order.ExpiresAt <= model.Now(lot.Order.UserId, clock) => lot.Available > 0 ? GrantIs.Due : GrantIs.Lapsed,
        _ when lot.Order.EffectiveAt > model.Now(lot.Order.UserId, clock) => GrantIs.Future,
        _ => lot.Available > 0 ? GrantIs.Live : GrantIs.Drained,
    };
}
