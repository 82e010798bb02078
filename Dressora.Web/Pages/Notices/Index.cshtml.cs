using Dressora.Web.Accounts;
using Dressora.Web.Notices;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Notices;

/// <summary>What the bell rang for, and whether letters come as well.</summary>
[Authorize(Doors.Person)]
public sealed class IndexModel(NoticeBoard board, IStringLocalizer<Words> words) : Room
{
    private const string Here = "/notices";

    [BindProperty]
    public bool WantsMail { get; set; }

    public IReadOnlyList<Notice> Notices { get; private set; } = [];

    private SignedIn Person => HttpContext.Person();

    public async Task OnGetAsync()
    {
        WantsMail = Person.WantsMail;
        Notices = await board.NewestAsync(Person.UserId, HttpContext.RequestAborted);
    }

    public async Task<IActionResult> OnPostSeenAsync()
    {
        await board.SeeAllAsync(Person.UserId);
        return RedirectSeeOther(Here);
    }

    public async Task<IActionResult> OnPostWishAsync()
    {
        await board.WishAsync(Person.UserId, WantsMail);
        Say(WantsMail ? words["A letter comes when you waited longer than {0} seconds.", (int)NoticeBoard.LongWait.TotalSeconds] : words["No letters about jobs any more."]);
        return RedirectSeeOther(Here);
    }

    public string Text(Notice notice) => notice.Kind switch
    {
        NoticeKind.Done => words["Your picture is ready"],
        NoticeKind.Failed => words["A job did not work; its credits are back"],
        NoticeKind.Evicted => words["Older results made room for newer ones; you can bring them back for 24 hours"],
        NoticeKind.Credits => words["Something about what you paid"],
        _ => words["The people who run this server answered you"],
    };
}
