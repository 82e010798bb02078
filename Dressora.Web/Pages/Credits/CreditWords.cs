using System.Globalization;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;
using Dressora.Web.Shell;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Credits;

/// <summary>What happened to credits, in sentences for the person they belong to, and by that person's clock.</summary>
public sealed class CreditWords(IStringLocalizer<Words> words, string zone, DateTimeOffset now)
{
    private const string Admin = "admin ";
    private const string JobPrefix = "job:";

    public string Amount(long amount, string scope) => scope switch
    {
        Scopes.Chat => amount == 1 ? words["1 message"] : words["{0:N0} messages", amount],
        Scopes.Image => amount == 1 ? words["1 image"] : words["{0:N0} images", amount],
        _ => amount == 1 ? words["1 credit"] : words["{0:N0} credits", amount],
    };

    /// <summary>One entry as one sentence.</summary>
    public string Say(Entry entry, Grant? grant)
    {
        var what = Amount(entry.Amount, grant?.Scope ?? Scopes.Any);
        var job = Job(entry.Reference);
        return entry.Kind switch
        {
            EntryKind.Granted => Came(what, grant!),
            EntryKind.Frozen => words["{0} held for {1}", what, job],
            EntryKind.Settled => words["{0} spent on {1}", what, job],
            EntryKind.Released => words["{0} given back from {1}", what, job],
            EntryKind.Expired when entry.From == Bucket.Held => words["{0} came back from {1} after their time was over", what, job],
            EntryKind.Expired => words["{0} expired", what],
            EntryKind.Revoked when entry.From == Bucket.Held => words["{0} came back from {1} and were taken back", what, job],
            EntryKind.Revoked => words["{0} taken back", what],
            EntryKind.Owed => words["{0} owed", what],
            EntryKind.Netted when grant is not null => words["{0} paid what was owed", what],
            EntryKind.Netted => words["{0} no longer owed", what],
            EntryKind.Overrun => words["{0} more than were held for {1}", what, job],
            EntryKind.Corrected => words["{0} taken off by the people who run this server", what],
            _ => words["{0} given up with the account", what],
        };
    }

    /// <summary>Why, or from where: the smaller line below the sentence.</summary>
    public string Why(Entry entry, Grant? grant) => entry.Kind switch
    {
        EntryKind.Granted when grant!.Source.StartsWith("claim:", StringComparison.Ordinal) =>
            words["You said that a result was not what you asked for. They live three days."],
        EntryKind.Granted when grant!.Category == Category.Compensation =>
            words["What they replace ran out while a job held it, and that was not your fault. They live three days."],
        EntryKind.Granted when IsGift(grant!) => entry.Reason,
        EntryKind.Granted when grant!.Category == Category.Paid => Until(grant),
        EntryKind.Released => Because(entry),
        EntryKind.Corrected or EntryKind.Forfeited => entry.Reason,
        EntryKind.Expired when entry.Reason == "plan renewed" => words["{0}: it was renewed", Name(grant!)],
        EntryKind.Revoked or EntryKind.Owed => words["Their payment was given back, or the bank asks for it back."],
        EntryKind.Overrun => words["The house pays them, not you."],
        _ => grant is null ? "" : Name(grant),
    };

    public string Name(Grant grant) => grant switch
    {
        { Scope: Scopes.Chat } => words["Free messages, {0}", Day(grant.EffectiveAt)],
        { Scope: Scopes.Image } => words["Free images, {0}", Day(grant.EffectiveAt)],
        { Category: Category.Plan } => grant.Source.StartsWith("free:", StringComparison.Ordinal)
            ? words["Free plan, {0}", Month(grant)]
            : words["Your plan, {0}", Month(grant)],
        { Category: Category.Compensation } => words["Made good"],
        { Category: Category.Paid } when IsRestored(grant) => words["Given back on {0}", Day(grant.EffectiveAt)],
        { Category: Category.Paid } => words["Bought on {0}", Day(grant.EffectiveAt)],
        _ => IsGift(grant) ? words["A gift"] : words["A promotion"],
    };

    public string Until(Grant grant) => grant.ExpiresAt >= Grant.Never ? words["Never expires."]
        : grant.ExpiresAt > now ? words["Expires {0}.", Minute(grant.ExpiresAt)]
        : words["Expired {0}.", Minute(grant.ExpiresAt)];

    public string Job(string reference) => reference.StartsWith(JobPrefix, StringComparison.Ordinal)
        ? words["job {0}", reference[JobPrefix.Length..]]
        : words["job {0}", reference];

    public string Day(DateTimeOffset instant) => Text(instant, "d MMM");

    public string Clock(DateTimeOffset instant) => Zone.At(instant, zone).ToString("HH:mm", CultureInfo.CurrentCulture);

    public string Minute(DateTimeOffset instant) => $"{Day(instant)}, {Clock(instant)}";

    private string Came(string what, Grant grant) => grant switch
    {
        { Category: Category.Daily } => words["{0} for the day", what],
        { Category: Category.Compensation } => words["{0} made good", what],
        { Category: Category.Paid } when IsRestored(grant) => words["{0} given back, as their payment stays paid", what],
        { Category: Category.Paid } => words["{0} bought", what],
        _ => IsGift(grant) ? words["{0} given by the people who run this server", what] : words["{0} came in", what],
    };

    private string Because(Entry entry) => entry.Reason switch
    {
        _ when entry.Actor.StartsWith(Admin, StringComparison.Ordinal) => words["By the people who run this server: {0}", entry.Reason],
        "" => words["It cost less than was held."],
        "failed" => words["It failed."],
        "refused" => words["It was refused."],
        "timeout" or "deadline" => words["It was not finished in time."],
        "cancelled" => words["You cancelled it."],
        _ => entry.Reason,
    };

    private string Text(DateTimeOffset instant, string format)
    {
        var local = Zone.At(instant, zone);
        var year = local.Year == Zone.At(now, zone).Year ? "" : " yyyy";
        return local.ToString(format + year, CultureInfo.CurrentCulture);
    }

    /// <summary>Months of a plan are the house's, by UTC.</summary>
    private static string Month(Grant grant) => grant.EffectiveAt.UtcDateTime.ToString("MMMM yyyy", CultureInfo.CurrentCulture);

    private static bool IsRestored(Grant grant) => grant.Source.StartsWith("restore:", StringComparison.Ordinal);

    private static bool IsGift(Grant grant) => grant.Source.StartsWith("gift:", StringComparison.Ordinal);
}
