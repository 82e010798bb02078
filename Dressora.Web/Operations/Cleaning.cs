using System.Globalization;
using Dressora.Web.Accounts;
using Dressora.Web.Data;

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
    private static readonly TimeSpan NoticesKept = TimeSpan.FromDays(90);

    /// <summary>Those whose grace is over; each step takes as many as the floor thinks fit.</summary>
    internal static async Task<string> AccountsAsync(IServiceProvider services, CancellationToken cancel)
    {
        var (database, now) = (services.GetRequiredService<Database>(), services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (!await database.AnyAsync($"SELECT 1 FROM users WHERE deletion_due_at <= {now} LIMIT 1", cancel))
            return Rows(0);
        var departures = services.GetRequiredService<Departures>();
        var (all, gone) = (0, Departures.Step);
        while (gone == Departures.Step && !cancel.IsCancellationRequested)
            all += gone = await departures.SweepAsync();
        return Rows(all);
    }

    internal static Task<string> PuzzlesAsync(IServiceProvider services, CancellationToken cancel) => InStepsAsync(
        services,
        now => $"""
            DELETE FROM spent_puzzles WHERE hash IN
            (SELECT hash FROM spent_puzzles WHERE expires_at < {now} LIMIT {RowsAStep})
            """,
        cancel);

    internal static Task<string> SessionsAsync(IServiceProvider services, CancellationToken cancel) => InStepsAsync(
        services,
        now => $"""
            DELETE FROM sessions WHERE id IN
            (SELECT id FROM sessions WHERE ended_at < {now - SessionsKept} OR expires_at < {now - SessionsKept} LIMIT {RowsAStep})
            """,
        cancel);

    internal static Task<string> CodesAsync(IServiceProvider services, CancellationToken cancel) => InStepsAsync(
        services,
        now => $"""
            DELETE FROM mailed_codes WHERE id IN
            (SELECT id FROM mailed_codes WHERE used_at < {now - CodesKept} OR expires_at < {now - CodesKept} LIMIT {RowsAStep})
            """,
        cancel);

    internal static Task<string> MailsAsync(IServiceProvider services, CancellationToken cancel) => InStepsAsync(
        services,
        now => $"""
            DELETE FROM mails WHERE id IN
            (SELECT id FROM mails WHERE state <> 'Waiting' AND due_at < {now - MailsKept} LIMIT {RowsAStep})
            """,
        cancel);

    internal static Task<string> NoticesAsync(IServiceProvider services, CancellationToken cancel) => InStepsAsync(
        services,
        now => $"DELETE FROM notices WHERE id IN (SELECT id FROM notices WHERE at < {now - NoticesKept} LIMIT {RowsAStep})",
        cancel);

    private static async Task<string> InStepsAsync(
        IServiceProvider services, Func<DateTimeOffset, FormattableString> step, CancellationToken cancel)
    {
        var database = services.GetRequiredService<Database>();
        var (all, gone) = (0, RowsAStep);
        for (var steps = 0; gone == RowsAStep && steps < StepsMax; steps++)
        {
            cancel.ThrowIfCancellationRequested();
            all += gone = await database.WriteAsync(write => write.RunAsync(step(write.Now)), cancel);
        }

        return Rows(all);
    }

    private static string Rows(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} rows");
}
