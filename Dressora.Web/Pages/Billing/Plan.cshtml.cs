using Dressora.Web.Accounts;
using Dressora.Web.Payments;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Billing;

/// <summary>The plan of now: until when it is paid, and its end.</summary>
[Authorize(Doors.Person)]
[RateLimited(RateRules.Submit)]
public sealed class PlanModel(Plans plans, IStringLocalizer<Words> words) : Room
{
    private const string Here = "/billing/plan";

    [BindProperty]
    public long Id { get; set; }

    public Subscription? Plan { get; private set; }
    public bool CanResume => Plan is { } plan && plans.CanResume(plan);
    public BillingWords InWords => new(words, HttpContext.Person().TimeZone);

    private long UserId => HttpContext.Person().UserId;

    public async Task OnGetAsync() => Plan = await plans.OfAsync(UserId);

    public async Task<IActionResult> OnPostCancelAsync()
    {
        if (!await plans.CancelAsync(UserId, Id, HttpContext.RequestAborted))
            return NotFound();
        Say(words["The plan ends with what is paid. Nothing is charged again."]);
        return RedirectSeeOther(Here);
    }

    public async Task<IActionResult> OnPostResumeAsync()
    {
        if (!await plans.ResumeAsync(UserId, Id, HttpContext.RequestAborted))
            return NotFound();
        Say(words["The plan goes on."]);
        return RedirectSeeOther(Here);
    }
}
