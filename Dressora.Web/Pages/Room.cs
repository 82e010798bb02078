using System.Globalization;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Dressora.Web.Pages;

/// <summary>What every page can answer besides itself.</summary>
public abstract class Room : PageModel
{
    /// <summary>Where somebody goes who has signed in and said nothing else.</summary>
    protected const string Inside = "/studio";

    /// <summary>The same page with what was typed and what is wrong with it.</summary>
    protected PageResult Refused()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        return Page();
    }

    /// <summary>The same page with a word about how long to wait.</summary>
    protected PageResult TooOften(TimeSpan wait)
    {
        Response.StatusCode = StatusCodes.Status429TooManyRequests;
        Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Page();
    }

    /// <summary>Words that the next page shows once.</summary>
    protected internal void Say(string text, Tone tone = Tone.Good) => Flash.Keep(HttpContext, TempData, text, tone);

    /// <summary>303 to a path of ours; htmx moves the whole page.</summary>
    protected static SeeOtherResult RedirectSeeOther(string path) => new(path);

    /// <summary>
    /// Where the person was going, if that is a path of ours; whatever else was sent is not followed.
    /// </summary>
    protected string LocalPath(string? returnTo, string fallback) =>
        returnTo is not null && Url.IsLocalUrl(returnTo) && returnTo[0] == '/' ? returnTo : fallback;
}
