using System.Text.Json;
using Dressora.Web.Generation;
using Dressora.Web.Ledger;

namespace Dressora.Web.Operations;

/// <summary>The ledger from the command line: check it, and tell the life of one reference's credits.</summary>
internal static class Accounting
{
    internal static async Task<int> VerifyAsync(VerbCall call, CancellationToken cancel)
    {
        var verification = await call.Services.GetRequiredService<LedgerCheck>().RunAsync(cancel);
        if (call["json"] == "true")
            return await TellAsync(call, verification, cancel);
        await call.SayAsync(LedgerCheck.Say(verification));
        if (verification.IsGood)
        {
            await call.SayAsync("Every entry follows from the one before, and every counter is what the entries make it.");
            return Exit.Done;
        }

        await call.SayAsync("No credits move until the owner has looked into it: Admin, Ledger check.");
        return Exit.Refused;
    }

    /// <summary>The book in one line, for a program that holds it against what it did.</summary>
    private static async Task<int> TellAsync(VerbCall call, Verification verification, CancellationToken cancel)
    {
        var book = await call.Services.GetRequiredService<BookSums>().ReadAsync(cancel);
        var jobs = await call.Services.GetRequiredService<JobBook>().ReadAsync(cancel);
        await call.SayAsync(JsonSerializer.Serialize(
            new
            {
                book.Granted, book.Remaining, book.Held, book.Settled, book.Expired, book.Revoked, verification.Entries, verification.Holds,
                jobs.Jobs, jobs.Waiting, Violations = jobs.Broken + (verification.IsGood ? 0 : 1),
            },
            JsonSerializerOptions.Web));
        return verification.IsGood ? Exit.Done : Exit.Refused;
    }

    internal static async Task<int> ExplainAsync(VerbCall call, CancellationToken cancel)
    {
        var life = await call.Services.GetRequiredService<Balances>().ExplainAsync(call["reference"]);
        if (life.IsEmpty)
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

        if (life.IsCut)
            await call.SayAsync("These are the first; the person's account has every entry.");
        return Exit.Done;
    }
}
