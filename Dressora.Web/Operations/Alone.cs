using System.Data.Common;
using Dressora.Web.Data;

namespace Dressora.Web.Operations;

/// <summary>Runs a house verb: asks the server that lives in the folder, or moves in for as long as it takes.</summary>
internal static class Alone
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    internal static async Task<int> RunAsync(Start start, HouseVerb verb)
    {
        var house = start.Open();
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (await VerbKnock.AskAsync(house.Folder, verb.Name, start.Line.Options) is { } answered)
                return answered;
            if (!StartupCheck.IsHeld(house.Folder))
                return await MoveInAsync(start, house, verb);
            // Somebody holds the folder but does not open yet: a server that starts, or another verb.
            if (TimeProvider.System.GetElapsedTime(since) > Patience)
                return Start.Refuse(await StartupCheck.FaultsAsync(house, listens: false));
            await Task.Delay(Pause);
        }
    }

    private static async Task<int> MoveInAsync(Start start, OpenedHouse house, HouseVerb verb)
    {
        var faults = await StartupCheck.FaultsAsync(house, listens: false);
        if (faults.Count > 0)
            return Start.Refuse(faults);
        using var hold = Start.MoveIn(house.Folder, $"for \"{verb.Name}\"", out var heldBy);
        if (hold is null)
            return Start.Refuse([StartupCheck.Held(house.Folder, heldBy)]);
        await using var app = start.Furnish(house);
        if (await MigrateAsync(app) is { } fault)
            return Start.Refuse([fault]);
        await using var scope = app.Services.CreateAsyncScope();
        var call = new VerbCall(scope.ServiceProvider, start.Line.Options, Console.Out.WriteLineAsync);
        return await verb.RunAsync(call, CancellationToken.None);
    }

    /// <summary>What kept the schema from being brought up to date, in words; null when nothing did.</summary>
    internal static async Task<string?> MigrateAsync(WebApplication app)
    {
        try
        {
            await app.Services.GetRequiredService<Migrator>().MigrateAsync();
            return null;
        }
        catch (SchemaFaultException e)
        {
            return e.Message;
        }
        catch (DbException e)
        {
            return $"The database could not be brought up to date: {e.Message} What was done so far is kept; start again to go on.";
        }
    }
}
