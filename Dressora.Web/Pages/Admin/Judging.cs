using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Moderation;
using Dressora.Web.Shell;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>What waits for a verdict, as the admin's first page tells it.</summary>
internal static class Judging
{
    internal static async Task<IReadOnlyList<IndexModel.Problem>> WaitingAsync(DressoraDb db, DateTimeOffset now, IStringLocalizer<Words> words)
    {
        var problems = new List<IndexModel.Problem>();
        var late = await db.Reports.CountAsync(report => report.State == ReportState.Open && report.DueAt <= now);
        var open = await db.Reports.CountAsync(report => report.State == ReportState.Open) - late;
        var claims = await db.ResultClaims.CountAsync(claim => claim.State == ClaimState.Waiting);
        if (late > 0)
        {
            problems.Add(new(
                "badge--bad", words["Reports"], late == 1 ? words["One report is overdue"] : words["{0} reports are overdue", late],
                words["Somebody said that a shared picture breaks the rules, and was promised a verdict within 24 hours."], "/admin/reports"));
        }

        if (open > 0)
        {
            problems.Add(new(
                "badge--warn", words["Reports"], open == 1 ? words["One report waits"] : words["{0} reports wait", open],
                words["Each is to be judged within 24 hours; the clock stands beside it."], "/admin/reports"));
        }

        if (claims > 0)
        {
            problems.Add(new(
                "badge--warn", words["Claims"], claims == 1 ? words["One claim waits"] : words["{0} claims wait", claims],
                words["Somebody calls a result bad, beyond what is made good by itself."], "/admin/claims"));
        }

        return problems;
    }
}
