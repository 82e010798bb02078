using Dressora.Web.Pictures;
using Dressora.Web.Providers;

namespace Dressora.Web.Operations;

/// <summary>Everything the program can be told to do.</summary>
public static class Verbs
{
    private static readonly VerbOption Email = new("email", IsNeeded: true);
    private static readonly VerbOption Name = new("name", IsNeeded: false);

    internal static readonly OwnVerb Serve = new(
        "serve", "Starts the server; this is what happens when no verb is given.", Serving.RunAsync);

    internal static readonly OwnVerb Help = new(
        "help", "Says what the verbs are, or with a verb behind it, how that one is used.", Operations.Help.RunAsync);

    /// <summary>Nobody types it: the server starts itself with it, to read strangers' files in another process.</summary>
    internal static readonly OwnVerb Darkroom = new(DarkroomChild.Verb, "Reads pictures for the server.", async _ =>
    {
        await DarkroomChild.RunAsync();
        return Exit.Done;
    });

    internal static readonly OwnVerb Tailor = new(TailorSetup.Verb, "Fits a garment for the server.", async _ =>
    {
        await TailorSetup.RunChildAsync();
        return Exit.Done;
    });

    public static readonly IReadOnlyList<Verb> All =
    [
        Serve,
        new HouseVerb("migrate", "Brings the database up to this program, after a snapshot of it.", [], Migrating.RunAsync),
        new OwnVerb("config check", "Shows every setting, its value and where the value comes from.", ConfigCheck.RunAsync),
        new HouseVerb("admin create", "Makes an admin and prints the link to choose a password.", [Email, Name], Inviting.AdminAsync),
        new HouseVerb("people create", "Makes an account and prints the link to choose a password.", [Email, Name, new("credits", IsNeeded: false), new("api-key", IsNeeded: false)], Inviting.PersonAsync),
        new HouseVerb("ledger verify", "Plays every entry of the ledger again and says whether all agrees.", [new("json", IsNeeded: false, IsFlag: true)], Accounting.VerifyAsync),
        new HouseVerb("ledger explain", "Tells the life of one job's or payment's credits.", [new("reference", IsNeeded: true)], Accounting.ExplainAsync),
        new HouseVerb(
            "seed", "Makes people up, to develop and measure with; refuses where real people live.",
            [new("people", IsNeeded: true), new("results", IsNeeded: false), new("credits", IsNeeded: false), new("last", IsNeeded: false), new("life", IsNeeded: false)], Seeding.RunAsync),
        Help,
    ];

    internal static HouseVerb? FindInHouse(string name) => All.OfType<HouseVerb>().FirstOrDefault(verb => verb.Name == name);
}
