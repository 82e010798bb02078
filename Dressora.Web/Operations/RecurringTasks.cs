namespace Dressora.Web.Operations;

/// <summary>Everything this house does by itself, again and again.</summary>
internal static class RecurringTasks
{
    internal static readonly IReadOnlyList<RecurringTask> All =
    [
        new("delete accounts", TimeSpan.FromMinutes(10), Cleaning.AccountsAsync),
        new("clean spent puzzles", TimeSpan.FromHours(1), Cleaning.PuzzlesAsync),
        new("clean old sessions", TimeSpan.FromHours(6), Cleaning.SessionsAsync),
        new("clean old codes", TimeSpan.FromHours(6), Cleaning.CodesAsync),
        new("clean old letters", TimeSpan.FromHours(6), Cleaning.MailsAsync),
        new("clean old notices", TimeSpan.FromHours(6), Cleaning.NoticesAsync),
        new("expire credits", TimeSpan.FromMinutes(1), Bookkeeping.ExpireAsync),
        new("release late holds", TimeSpan.FromMinutes(1), Bookkeeping.ReleaseAsync),
        new("give the month's credits", TimeSpan.FromHours(1), Bookkeeping.AllowAsync),
        new(LedgerCheck.TaskName, TimeSpan.FromHours(24), Bookkeeping.VerifyAsync),
        new("ask gateways", TimeSpan.FromMinutes(1), MoneyKeeping.AskAsync),
        new("list payments", TimeSpan.FromMinutes(15), MoneyKeeping.ListAsync),
        new("clean gateways' calls", TimeSpan.FromHours(6), MoneyKeeping.CleanAsync),
        new("let old results go", TimeSpan.FromHours(1), JobKeeping.ResultsAsync),
        new("clean makers' calls", TimeSpan.FromHours(6), JobKeeping.CallsAsync),
        new("remove unclaimed files", TimeSpan.FromHours(1), FileKeeping.UnclaimedAsync),
        new("remove old copies", TimeSpan.FromHours(6), FileKeeping.CopiesAsync),
        new("check files", TimeSpan.FromHours(24), FileKeeping.CheckAsync),
    ];
}
