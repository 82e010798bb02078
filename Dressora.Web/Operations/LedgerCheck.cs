using System.Globalization;
using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Operations;

/// <summary>Checks the books and stops them at the first fault; whoever asked, the last check is the task's last outcome.</summary>
public sealed class LedgerCheck(Database database, Verifier verifier, LedgerGuard guard)
{
    public const string TaskName = "check the ledger";

    public async Task<ScheduledTask?> LastAsync()
    {
        await using var db = database.OpenReader();
        return await db.Tasks.SingleOrDefaultAsync(task => task.Name == TaskName && task.RanAt != null);
    }

    /// <summary>For an admin or the command line, besides the schedule. Throws when it was not finished before it was cancelled.</summary>
    public async Task<Verification> RunAsync(CancellationToken cancel)
    {
        var verification = await LookAsync(cancel);
        await database.WriteAsync(
            async write =>
            {
                await write.ExecuteAsync(
                    "INSERT INTO tasks (name, due_at, outcome) VALUES (@name, @due, '') ON CONFLICT DO NOTHING",
                    ("@name", TaskName), ("@due", InstantConverter.ToMicroseconds(write.Now)));
                var task = await write.Db.Tasks.SingleAsync(task => task.Name == TaskName);
                task.RanBesides(write.Now, Say(verification));
            },
            CancellationToken.None);
        return verification;
    }

    internal async Task<Verification> LookAsync(CancellationToken cancel)
    {
        var verification = await verifier.VerifyAsync(cancel);
        if (verification.Fault is { } fault)
            await guard.StopAsync(fault);
        return verification;
    }

    internal static string Say(Verification verification)
    {
        var seconds = verification.Took.TotalSeconds;
        var read = string.Create(
            CultureInfo.InvariantCulture,
            $"{verification.Entries} entries, {verification.Grants} grants and {verification.Holds} holds of "
            + $"{verification.Accounts} people in {seconds:0.0} s ({verification.Entries / Math.Max(seconds, 0.001):0} entries a second)");
        return verification.Fault is { } fault ? $"failed: {fault} Read {read}." : $"all good: {read}.";
    }
}
