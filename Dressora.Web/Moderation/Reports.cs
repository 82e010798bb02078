using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Moderation;

/// <summary>What strangers say about shared pictures, and what admins decide. One verdict closes all that was said about a picture.</summary>
public sealed class Reports(Database database, Verdicts verdicts)
{
    private const int OpenMax = 20;

    /// <summary>Only a picture that shows somebody against their will, or a child, is kept from sight before anybody looked.</summary>
    public static bool Hides(ReportReason reason) => reason is ReportReason.Me or ReportReason.Child;

    /// <summary>Whether a picture is kept from sight until it is judged.</summary>
    public static Task<bool> HideAsync(DressoraDb db, string subject, CancellationToken cancel = default) =>
        db.Reports.AnyAsync(r => r.Subject == subject && r.State == ReportState.Open && r.Hides, cancel);

    /// <summary>
    /// Says whether the picture is hidden now. Where an admin has let it stay, the same reason does not hide it again by
    /// itself; where many wait already, one more would tell nobody anything.
    /// </summary>
    public Task<bool> FileAsync(Reported picture, ReportReason reason, string words) => database.WriteAsync(async write =>
    {
        await HoldAsync(write, picture.Subject);
        var before = await write.Db.Reports.Where(r => r.Subject == picture.Subject).ToListAsync();
        var hides = Hides(reason) && !before.Any(r => r.State == ReportState.Kept && r.Reason == reason);
        if (before.Count(r => r.State == ReportState.Open) < OpenMax)
            write.Db.Reports.Add(new Report(picture, reason, words, hides, write.Now));
        return hides || before.Any(r => r.State == ReportState.Open && r.Hides);
    });

    /// <summary>False when somebody judged it before.</summary>
    public Task<bool> KeepAsync(long id, string answer, long actorId) => database.WriteAsync(async write =>
        await JudgeAsync(write, id, ReportState.Kept, answer, actorId) is not null);

    /// <summary>
    /// The picture's bytes are not taken again and its owner is told and struck; whoever has the picture removes it in the
    /// same write. Null when somebody judged it before.
    /// </summary>
    public async Task<Report?> RemoveAsync(Write write, long id, string answer, long actorId)
    {
        if (await JudgeAsync(write, id, ReportState.Removed, answer, actorId) is not { } report)
            return null;
        await Blocks.AddAsync(write, report);
        await Strikes.AddAsync(write, report.OwnerId, StrikeReason.Removed, report.Subject);
        await verdicts.RemovedAsync(write, report.OwnerId, answer);
        return report;
    }

    /// <summary>Looking at somebody's picture is written down before it is shown. Null for what was never reported.</summary>
    public Task<Report?> LookAsync(long id, string reason, long actorId) => database.WriteAsync(async write =>
    {
        var report = await write.Db.Reports.SingleOrDefaultAsync(r => r.Id == id);
        if (report is not null)
            write.Audit(actorId, "look at a picture", $"person {report.OwnerId}", $"report {id}: {reason}");
        return report;
    });

    /// <summary>Somebody's account goes, and their pictures with it: there is nothing left to judge.</summary>
    internal static async Task FarewellAsync(Write write, long userId)
    {
        foreach (var report in await write.Db.Reports.Where(r => r.OwnerId == userId && r.State == ReportState.Open).ToListAsync())
            report.Judge(ReportState.Moot, null, "", write.Now);
        await write.SaveAsync();
        await write.Db.Strikes.Where(s => s.UserId == userId).ExecuteDeleteAsync();
    }

    private static async Task<Report?> JudgeAsync(Write write, long id, ReportState state, string answer, long actorId)
    {
        if (await write.Db.Reports.Where(r => r.Id == id).Select(r => r.Subject).SingleOrDefaultAsync() is not { } subject)
            return null;
        await HoldAsync(write, subject);
        var open = await write.Db.Reports.Where(r => r.Subject == subject && r.State == ReportState.Open).ToListAsync();
        if (open.Find(r => r.Id == id) is not { } report)
            return null;
        open.ForEach(one => one.Judge(state, actorId, answer, write.Now));
        var verb = state == ReportState.Removed ? "remove a picture" : "keep a picture";
        write.Audit(actorId, verb, $"person {report.OwnerId}", $"report {id}: {answer}");
        await write.SaveAsync();
        return report;
    }

    private static Task HoldAsync(Write write, string subject) => write.HoldAsync($"reports of {subject}");
}
