using System.Globalization;
using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;
using Dressora.Web.Notices;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Pages.Credits;

/// <summary>What a person has, where it came from, and every line that made it so.</summary>
[Authorize(Doors.Person)]
public sealed class IndexModel(
    DressoraDb db, Balances balances, Allowances allowances, LedgerGuard guard, NoticeBoard board, IOptionsMonitor<AllowanceOptions> allowance,
    TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    private const string Here = "/credits";

    [BindProperty(SupportsGet = true, Name = "kind")]
    public string? KindAsked { get; set; }

    [BindProperty(SupportsGet = true, Name = "month")]
    public string? MonthAsked { get; set; }

    public Balance Balance { get; private set; } = null!;
    public CreditWords InWords { get; private set; } = null!;
    public Statement Statement { get; private set; } = null!;
    public IReadOnlyList<DateOnly> Months { get; private set; } = [];
    public IReadOnlyList<StatementLine> Lines { get; private set; } = [];
    public Pager Pager { get; private set; } = null!;

    /// <summary>What stood before the oldest line of a month, on the month's last page.</summary>
    public long? Carried { get; private set; }

    /// <summary>While the books are closed, reading goes on.</summary>
    public bool IsStopped { get; private set; }

    public string ThisMonth { get; private set; } = "";
    public bool IsFiltered => Statement.Kind is not null || Statement.Month is not null;
    public IEnumerable<Grant> Grants => Balance.Grants.Where(grant => grant.IsCredit);

    private SignedIn Person => HttpContext.Person();

    public async Task OnGetAsync()
    {
        await AskAsync();
        await board.SeeAsync(Person.UserId, Here);
        IsStopped = await guard.OpenFaultAsync() is not null;
        Balance = await balances.OfAsync(Person.UserId, Person.TimeZone);
        Months = await Statement.MonthsAsync(db, clock.GetUtcNow());
        ThisMonth = MonthName(Months[0]);
        Pager = new Pager(Pager.Read(Request.Query), await Statement.In(db).CountAsync(), Request.Query);
        Lines = await Statement.LinesAsync(db, Pager.Skip, Pager.Rows);
        Carried = Pager.Next is null ? await Statement.CarriedAsync(db) : null;
    }

    public async Task<IActionResult> OnGetCsvAsync()
    {
        await AskAsync();
        var lines = await Statement.LinesAsync(db, 0, Csv.RowsMax);
        return Csv.File(
            "credits.csv",
            [$"when ({Person.TimeZone})", "what", "why", "change", "to use", "held", "owed", "reference", "number"],
            lines.Select(line => (IReadOnlyList<object?>)
            [
                Zone.At(line.Entry.At, Person.TimeZone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
                InWords.Say(line.Entry, line.Grant), InWords.Why(line.Entry, line.Grant), line.Change, line.Entry.AvailableAfter,
                line.Entry.HeldAfter, line.Entry.DebtAfter, line.Entry.Reference, line.Entry.Number,
            ]));
    }

    public static string MonthName(DateOnly month) => month.ToString("MMMM yyyy", CultureInfo.CurrentCulture);

    public string KindName(StatementKind kind) => kind switch
    {
        StatementKind.In => words["Came in"],
        StatementKind.Held => words["Held"],
        StatementKind.Spent => words["Spent"],
        StatementKind.Back => words["Given back"],
        StatementKind.Expired => words["Expired"],
        StatementKind.Taken => words["Taken back"],
        StatementKind.Owed => words["Owed"],
        _ => words["Free uses of the day"],
    };

    /// <summary>The day's free uses that are left, in words; empty where the house gives none.</summary>
    public string FreeToday()
    {
        var (images, messages) = (allowance.CurrentValue.DailyImages, allowance.CurrentValue.DailyChat);
        var left = new List<string>(2);
        if (images > 0)
            left.Add(InWords.Amount(Balance.LeftIn(Scopes.Image), Scopes.Image));
        if (messages > 0)
            left.Add(InWords.Amount(Balance.LeftIn(Scopes.Chat), Scopes.Chat));
        return string.Join(", ", left);
    }

    public string Enough() => Balance.DaysLeft switch
    {
        null => words["nothing used in 30 days"],
        1 => words["1 day"],
        > 365 => words["more than a year"],
        { } days => words["{0} days", days],
    };

    private async Task AskAsync()
    {
        await allowances.TryEnsureAsync(Person.UserId, Person.TimeZone);
        InWords = new CreditWords(words, Person.TimeZone, clock.GetUtcNow());
        Statement = Statement.Asked(Person.UserId, Person.TimeZone, KindAsked, MonthAsked);
    }
}
