using System.Globalization;
using Dressora.Web.Data;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Errors;

/// <summary>
/// What happened, whose fault it is, and one next step; by the status alone, without session or database.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class ErrorModel(IStringLocalizer<Words> words) : Room
{
    private const int Unknown = StatusCodes.Status404NotFound;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public int Status { get; private set; }
    public ErrorWords Said { get; private set; } = null!;

    public IActionResult OnGet(int status)
    {
        var failure = HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error;
        Status = Response.StatusCode = Response.StatusCode >= StatusCodes.Status400BadRequest ? Response.StatusCode
            : status is >= 400 and < 600 ? status
            : Unknown;
        if (Status == StatusCodes.Status503ServiceUnavailable)
        {
            var wait = (failure as DatabaseUnavailableException)?.RetryAfter ?? Patience;
            Response.Headers.RetryAfter = wait.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }

        Said = ErrorWords.For(Status, failure, HttpContext, words);
        Response.VariesByHtmx();
        return Request.WantsFragment() ? Partial("_Fault", this) : Page();
    }
}
