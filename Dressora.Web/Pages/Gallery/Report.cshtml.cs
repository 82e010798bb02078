using Dressora.Web.Generation;
using Dressora.Web.Moderation;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Gallery;

/// <summary>Anybody who has a link may say what is wrong with its picture.</summary>
[RateLimited(RateRules.Report)]
public sealed class ReportModel(Shares shares, Reports reports, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    [BindProperty]
    public Input Form { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "sent")]
    public bool IsSent { get; set; }

    public IReadOnlyList<(ReportReason Reason, string Text)> Reasons =>
    [
        (ReportReason.Me, words["It shows me, and I did not agree"]),
        (ReportReason.Child, words["It shows a child"]),
        (ReportReason.Undressed, words["Somebody is undressed in it"]),
        (ReportReason.Illegal, words["It breaks a law"]),
        (ReportReason.Other, words["Something else"]),
    ];

    /// <summary>Also while it is hidden: what one person reported, another may know more about.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        Response.Headers.CacheControl = "no-store";
        return await shares.FindAsync(Token, HttpContext.RequestAborted) is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        IsSent = false;
        if (await shares.FindAsync(Token, HttpContext.RequestAborted) is not { } shown)
            return NotFound();
        var said = Form.Words?.Trim() ?? "";
        if (Form.Reason is not { } reason || !Enum.IsDefined(reason))
            ModelState.AddModelError("Form.Reason", words["Choose what is wrong with it."]);
        if (said.Length > Report.WordsMax)
            ModelState.AddModelError("Form.Words", words["At most {0} characters; these are {1}.", Report.WordsMax, said.Length]);
        if (!ModelState.IsValid)
            return Refused();
        await reports.FileAsync(shown.AsReported, Form.Reason!.Value, said);
        return RedirectSeeOther($"/s/{Token}/report?sent=true");
    }

    public sealed class Input
    {
        public ReportReason? Reason { get; set; }
        public string? Words { get; set; }
    }
}
