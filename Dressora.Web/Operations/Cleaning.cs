using System.Globalization;
using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Notices;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Operations;

/// <summary>Takes away what nobody needs any more, a step at a time so that nobody's write waits behind it.</summary>
internal static class Cleaning
{
    internal const int RowsAStep = 500;
    private const int StepsMax = 200;

    /// <summary>A used code still answers "used already" for a day.</summary>
    private static readonly TimeSpan CodesKept = TimeSpan.FromDays(1);
    private static readonly TimeSpan SessionsKept = TimeSpan.FromDays(30);

    /// <summary>Letters hold links and addresses.</summary>
    private static readonly TimeSpan MailsKept = TimeSpan.FromDays(14);

    /// <summary>Those whose grace is over; each step takes as many as the floor thinks fit.</summary>
    internal static async Task<string> AccountsAsync(IServiceProvider services, CancellationToken cancel)
    {
        var departures = services.GetRequiredService<Departures>();
        var (all, gone) = (0, Departures.Step);
        while (gone == Departures.Step && !cancel.IsCancellationRequested)
            all += gone = await departures.SweepAsync();
        return Rows(all);
    }

    internal static Task<string> PuzzlesAsync(IServiceProvider services, CancellationToken cancel) => InStepsAsync(
        services,
        write => write.Db.SpentPuzzles.Where(puzzle => puzzle.ExpiresAt < write.Now).Take(RowsAStep).ExecuteDeleteAsync(),
        cancel);

    internal static Task<string> SessionsAsync(IServiceProvider services, CancellationToken cancel) => InStepsAsync(
        services,
        write =>
        {
            var before = write.Now - SessionsKept;
            return write.Db.Sessions.Where(session => session.EndedAt < before || session.ExpiresAt < before)
                .Take(RowsAStep).ExecuteDeleteAsync();
        },
        cancel);

    internal static Task<string> CodesAsync(IServiceProvider services, CancellationToken cancel) => InStepsAsync(
        services,
        write =>
        {
            var before = write.Now - CodesKept;
            return write.Db.MailedCodes.Where(code => code.UsedAt < before || code.ExpiresAt < before)
                .Take(RowsAStep).ExecuteDeleteAsync();
        },
        cancel);

    internal static Task<string> MailsAsync(IServiceProvider services, CancellationToken cancel) => InStepsAsync(
        services,
        write =>
        {
            var before = write.Now - MailsKept;
            return write.Db.Mails.Where(mail => mail.State != MailState.Waiting && mail.DueAt < before)
                .Take(RowsAStep).ExecuteDeleteAsync();
        },
        cancel);

    private static async Task<string> InStepsAsync(
        IServiceProvider services, Func<Write, Task<int>> step, CancellationToken cancel)
    {
        var database = services.GetRequiredService<Database>();
        var (all, gone) = (0, RowsAStep);
        for (var steps = 0; gone == RowsAStep && steps < StepsMax; steps++)
        {
            cancel.ThrowIfCancellationRequested();
            all += gone = await database.WriteAsync(step, cancel);
        }

        return Rows(all);
    }

    private static string Rows(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} rows");
}
