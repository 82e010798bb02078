using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Ledger;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Gallery;

/// <summary>"Bad result": within a day, with a reason, once a job.</summary>
[Authorize(Doors.Person)]
[RateLimited(RateRules.Submit)]
public sealed class ClaimModel(DressoraDb db, Claims claims, TimeProvider clock, IStringLocalizer<Words> words) : Room
{
    [BindProperty(SupportsGet = true)]
    public string Id { get; set; } = "";

    [BindProperty]
    public Input Form { get; set; } = new();

    public long Credits { get; private set; }
    public bool IsAutomatic { get; private set; }

    /// <summary>Why there is nothing to ask any more, or how it stands.</summary>
    public string? Closed { get; private set; }
    public bool IsGood { get; private set; }
    public string Promise { get; private set; } = "";

    public IReadOnlyList<(ClaimReason Reason, string Text)> Reasons =>
    [
        (ClaimReason.NotMe, words["It does not look like me"]),
        (ClaimReason.WrongGarment, words["It is not the garment I chose"]),
        (ClaimReason.Broken, words["The picture is broken: too many hands, missing parts, noise"]),
        (ClaimReason.Other, words["Something else"]),
    ];

    private long UserId => HttpContext.Person().UserId;
    private GalleryWords InWords => new(words, HttpContext.Person().TimeZone, clock.GetUtcNow());

    public async Task<IActionResult> OnGetAsync() => await LookAsync() ? Page() : NotFound();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!await LookAsync())
            return NotFound();
        var said = Form.Words?.Trim() ?? "";
        if (Closed is null && (Form.Reason is not { } reason || !Enum.IsDefined(reason)))
            ModelState.AddModelError("Form.Reason", words["Choose what is wrong with it."]);
        if (Closed is null && said.Length > ResultClaim.WordsMax)
            ModelState.AddModelError("Form.Words", words["At most {0} characters; these are {1}.", ResultClaim.WordsMax, said.Length]);
        if (Closed is not null || !ModelState.IsValid)
            return Refused();
        switch (await claims.MakeAsync(UserId, Id, Form.Reason!.Value, said))
        {
            case ClaimOutcome.MadeGood(var credits, var until):
                Say(words["{0} credits are yours again, until {1}.", credits, InWords.Minute(until)]);
                break;
            case ClaimOutcome.Waits:
                Say(words["Somebody looks at it. You get a letter when it is decided."]);
                break;
            case ClaimOutcome.NotFound:
                return NotFound();
        }

        return RedirectSeeOther($"/jobs/{Id}/claim");
    }

    /// <summary>False for what is not theirs, or made nothing.</summary>
    private async Task<bool> LookAsync()
    {
        if (await db.Jobs.SingleOrDefaultAsync(job => job.Id == Id && job.UserId == UserId && job.State == JobState.Done) is not { } job)
            return false;
        var claim = await db.ResultClaims.SingleOrDefaultAsync(one => one.JobId == Id);
        Credits = job.Charged;
        IsAutomatic = await Claims.AutomaticAsync(db, UserId, clock.GetUtcNow()) < Claims.AutomaticMax;
        IsGood = claim is { IsMadeGood: true };
        Promise = IsAutomatic
            ? words["Your {0} credits come back at once and live 72 hours. That happens {1} times a month by itself; after that somebody looks first.", Credits, Claims.AutomaticMax]
            : words["You had {0} results made good in this month, so somebody looks at this one first. You get a letter.", Claims.AutomaticMax];
        Closed = claim is not null ? How(claim)
            : job.Scope != Scopes.Any || job.Charged == 0 ? words["One of your free uses of the day paid for this one: there are no credits to give back."].Value
            : clock.GetUtcNow() >= job.FinishedAt + Claims.Within ? words["A result can be called bad within 24 hours. These were over {0}.", InWords.Minute(job.FinishedAt!.Value + Claims.Within)].Value
            : null;
        return true;
    }

    private string How(ResultClaim claim) => claim.State switch
    {
        ClaimState.Waiting => words["You said so on {0}. Somebody looks at it; you get a letter.", InWords.Minute(claim.MadeAt)],
        ClaimState.Refused => words["Somebody looked at it, and the credits stay spent: {0}", claim.Answer],
        ClaimState.Granted => words["Somebody looked at it: {0} credits came back on {1}. {2}", claim.Amount, InWords.Minute(claim.JudgedAt!.Value), claim.Answer],
        _ => words["{0} credits came back on {1}, for 72 hours.", claim.Amount, InWords.Minute(claim.MadeAt)],
    };

    public sealed class Input
    {
        public ClaimReason? Reason { get; set; }
        public string? Words { get; set; }
    }
}
