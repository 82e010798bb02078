using System.Globalization;
using Dressora.Web.Ledger;

namespace Dressora.Web.Operations;

/// <summary>The ledger from the command line: check it, and tell the life of one reference's credits.</summary>
internal static class Accounting
{
    internal static async Task<int> VerifyAsync(VerbCall call, CancellationToken cancel)
    {
        var verification = await call.Services.GetRequiredService<Verifier>().VerifyAsync(cancel);
        var rate = verification.Entries / Math.Max(verification.Took.TotalSeconds, 0.001);
        await call.SayAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Read {verification.Entries} entries, {verification.Grants} grants and {verification.Holds} holds of "
            + $"{verification.Accounts} people in {verification.Took.TotalSeconds:0.0} s ({rate:0} entries a second)."));
        if (verification.Fault is not { } fault)
        {
            await call.SayAsync("Every entry follows from the one before, and every counter is what the entries make it.");
            return Exit.Done;
        }

        await call.Services.GetRequiredService<LedgerGuard>().StopAsync(fault);
        await call.SayAsync($"First fault: {fault}");
        await call.SayAsync("No credits move until the owner has looked into it: Admin, Ledger check.");
        return Exit.Refused;
    }

    internal static async Task<int> ExplainAsync(VerbCall call, CancellationToken cancel)
    {
        var life = await call.Services.GetRequiredService<Balances>().ExplainAsync(call["reference"]);
        if (life.Hold is null && life.Grant is null && life.Entries.Count == 0)
        {
            await call.SayAsync($"Nothing in the ledger is called \"{call["reference"]}\".");
            return Exit.Refused;
        }

        if (life.Grant is { } grant)
        {
            await call.SayAsync(
                $"Grant {grant.Id}: {grant.Issued} {grant.Category} credits for person {grant.UserId}, until {grant.ExpiresAt:u}; now "
                + $"{grant.Available} available, {grant.Held} held, {grant.Spent} spent, {grant.Expired} expired, {grant.Revoked} revoked.");
        }

        if (life.Hold is { } hold)
            await call.SayAsync($"Hold {hold.Id}: {hold.Amount} credits of person {hold.UserId}, {hold.State}, {hold.Charged} charged.");
        foreach (var entry in life.Entries)
        {
            await call.SayAsync(
                $"{entry.At:u}  {entry.Kind,-9} {entry.Amount,8}  {entry.From} -> {entry.To}, grant {entry.GrantId}  {entry.Reason}".TrimEnd());
        }

        return Exit.Done;
    }
}
