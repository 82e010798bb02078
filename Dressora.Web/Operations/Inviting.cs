using System.Globalization;
using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;
using Dressora.Web.Shell;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Operations;

/// <summary>Accounts made from the command line; its actor in the audit list is number 0.</summary>
internal static class Inviting
{
    private const long CommandLineActor = 0;

    internal static Task<int> AdminAsync(VerbCall call, CancellationToken cancel) => InviteAsync(call, Role.Admin);

    internal static Task<int> PersonAsync(VerbCall call, CancellationToken cancel) => InviteAsync(call, Role.Person);

    private static async Task<int> InviteAsync(VerbCall call, Role role)
    {
        if (CreditsIn(call) is not { } credits)
        {
            await call.SayAsync($"\"{call["credits"]}\" is not a number of credits.");
            return Exit.Refused;
        }

        var staff = call.Services.GetRequiredService<Staff>();
        switch (await staff.InviteAsync(call["email"], call["name"], role, CommandLineActor))
        {
            case Invited.Ready ready:
                var site = call.Services.GetRequiredService<IOptionsMonitor<SiteOptions>>().CurrentValue;
                await call.SayAsync($"Person {ready.UserId} can choose a password here, once: {site.At(ready.Path)}");
                await GiveAsync(call, ready.UserId, credits);
                await GiveKeyAsync(call, ready.UserId);
                return Exit.Done;
            case Invited.Promoted promoted:
                await call.SayAsync($"Person {promoted.UserId} had an account already and is {role} now, with the same password.");
                return Exit.Done;
            case Invited.AlreadyThere there:
                await call.SayAsync($"That address has an account already: person {there.UserId}. Nothing was changed.");
                return Exit.Refused;
            default:
                await call.SayAsync($"\"{call["email"]}\" is not an e-mail address.");
                return Exit.Refused;
        }
    }

    private static long? CreditsIn(VerbCall call) =>
        call["credits"].Length == 0 ? 0
        : long.TryParse(call["credits"], NumberStyles.None, CultureInfo.InvariantCulture, out var credits) && credits <= Grant.AmountMax ? credits
        : null;

    private static async Task GiveAsync(VerbCall call, long userId, long credits)
    {
        if (credits == 0)
            return;
        var ledger = call.Services.GetRequiredService<CreditLedger>();
        await call.Services.GetRequiredService<Database>().WriteAsync(async write =>
        {
            await ledger.AdjustAsync(write, new Command($"invitation:{userId}", "command line"), userId, credits, "with the invitation");
            write.Audit(CommandLineActor, "gift credits", $"person {userId}", $"{credits}: with the invitation");
        });
        await call.SayAsync($"{credits} credits wait in the account.");
    }

    private static async Task GiveKeyAsync(VerbCall call, long userId)
    {
        if (call["api-key"].Length == 0)
            return;
        var made = await call.Services.GetRequiredService<ApiKeys>().MakeAsync(userId, call["api-key"], KeyScopes.All, null, null);
        if (made is KeyMade.Made { Text: var text })
            await call.SayAsync($"A key for programs, shown this once: {text}");
    }
}
