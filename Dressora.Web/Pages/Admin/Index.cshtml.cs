using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;
using Dressora.Web.Media;
using Dressora.Web.Notices;
using Dressora.Web.Operations;
using Dressora.Web.Providers;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>What needs a person, first; then what this house is doing.</summary>
[Authorize(Doors.Staff)]
public sealed class IndexModel(
    DressoraDb db, Health health, Mailbox mailbox, LedgerGuard guard, LateHolds late, Deletions deletions, ProviderCatalog makers,
    TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    private static readonly TimeSpan Overdue = TimeSpan.FromHours(1);

    public List<Problem> Problems { get; } = [];
    public DateTimeOffset Now { get; private set; }
    public Figures Figure { get; private set; } = null!;
    public IReadOnlyList<ScheduledTask> Tasks { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Now = clock.GetUtcNow();
        Tasks = await db.Tasks.OrderBy(task => task.Name).ToListAsync();
        Figure = await CountAsync();
        foreach (var fault in await health.FaultsAsync())
            Problems.Add(new("badge--bad", words["Server"], fault, words["Until this is mended, parts of the house answer 503."], null));
        var closed = await LookAtCreditsAsync();
        Problems.AddRange(await Judging.WaitingAsync(db, Now, words));
        Problems.AddRange(await MoneyWords.WaitingAsync(db, words));
        LookAtMakers();
        LookAtLetters();
        await LookAtFilesAsync();
        foreach (var task in Tasks.Where(task => NeedsLook(task) && (closed is null || task.Name != LedgerCheck.TaskName)))
            Problems.Add(new("badge--warn", words["Task"], task.Name, words["Last run: {0}. It is tried again by itself; the log says why it failed.", task.Outcome], null));
        await LookAtStaffAsync();
    }

    private async Task<LedgerFault?> LookAtCreditsAsync()
    {
        var fault = await guard.OpenFaultAsync();
        if (fault is not null)
        {
            Problems.Add(new(
                "badge--bad", words["Credits"], words["The books are closed"],
                words["{0} No credits move until the owner has looked into it.", fault.What], "/admin/ledger"));
        }

        if (await late.WorryingAsync() is > 0 and var held)
        {
            Problems.Add(new(
                "badge--bad", words["Credits"],
                held == 1 ? words["One hold is past its deadline"] : words["{0} holds are past their deadline", held],
                words["The house gives back by itself what was held too long, and did not for ten minutes."], "/admin/credits"));
        }

        if (await db.CreditProposals.CountAsync(p => p.State == ProposalState.Waiting) is > 0 and var waiting)
        {
            Problems.Add(new(
                "badge--warn", words["Credits"],
                waiting == 1 ? words["One large gift or correction waits"] : words["{0} large gifts or corrections wait", waiting],
                words["A second admin has to agree or decline."], "/admin/credits"));
        }

        return fault;
    }

    private void LookAtMakers()
    {
        foreach (var view in makers.All.Where(maker => maker.IsReady).OrderBy(maker => maker.Name).Select(maker => makers.Breakers.View(maker.Name)))
        {
            if (view is not { Cause: { } cause, Since: { } since, TriesAt: { } next, LastErrors: [var last, ..] })
                continue;
            // A key or a purse does not mend by itself.
            var needsOwner = cause.Class is ErrorClass.Auth or ErrorClass.OutOfFunds;
            Problems.Add(new(
                needsOwner ? "badge--bad" : "badge--warn", words["Makers"], words["{0} is resting since {1:g} UTC", view.Provider, since],
                words["It said: {0} ({1}). Other models take over; it is asked again at {2:t} UTC.", last.Error.Message, last.Error.Code, next],
                "/admin/models"));
        }
    }

    private void LookAtLetters()
    {
        if (Figure.LettersGivenUp > 0)
        {
            Problems.Add(new(
                "badge--bad", words["Letters"], words["Letters given up: {0}", Figure.LettersGivenUp],
                words["The mail server refused each six times within three hours. Mend the settings, then send them again."],
                "/admin/letters?state=GivenUp"));
        }

        if (!mailbox.Delivers)
        {
            Problems.Add(new(
                "badge--warn", words["Letters"], words["No mail server is set"],
                words["Confirmations and new passwords stay in the log and under Letters; people wait until you hand them over."],
                "/setup/letters"));
        }
    }

    private async Task LookAtFilesAsync()
    {
        if (await deletions.WorryingAsync() is > 0 and var stuck)
        {
            Problems.Add(new(
                "badge--bad", words["Files"], stuck == 1 ? words["One file cannot be deleted"] : words["{0} files cannot be deleted", stuck],
                words["The store refused six times and more. Nobody reaches them, but the bytes are still there."], "/admin/deletions?state=Waiting"));
        }
    }

    private bool NeedsLook(ScheduledTask task) =>
        task.Outcome.StartsWith("failed", StringComparison.Ordinal) || task.DueAt < Now - Overdue;

    private async Task LookAtStaffAsync()
    {
        var bare = await db.Users.CountAsync(user => user.Role != Role.Person && user.TotpKey == null
            && !db.UserPasskeys.Any(passkey => passkey.UserId == user.Id));
        if (bare > 0)
        {
            Problems.Add(new(
                "badge--warn", words["Staff"], words["Admins without a second factor: {0}", bare],
                words["They cannot open these pages until they set one up."], "/admin/people?state=Staff"));
        }
    }

    private async Task<Figures> CountAsync()
    {
        var week = Now - TimeSpan.FromDays(7);
        return new Figures(
            await db.Users.CountAsync(),
            await db.Users.CountAsync(user => user.CreatedAt >= week),
            await db.Users.CountAsync(user => user.SeenAt >= week),
            await db.Users.CountAsync(user => !user.EmailConfirmed),
            await db.Mails.CountAsync(mail => mail.State == MailState.Waiting),
            await db.Mails.CountAsync(mail => mail.State == MailState.GivenUp));
    }

    public sealed record Problem(string Tone, string Area, string What, string Why, string? Path);

    public sealed record Figures(int People, int Joined, int Here, int Unconfirmed, int LettersWaiting, int LettersGivenUp);
}
