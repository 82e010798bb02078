using Microsoft.AspNetCore.Mvc;

namespace Dressora.Web.Shell;

/// <summary>After a form that worked: 303, or for htmx the header that moves the whole page.</summary>
public sealed class SeeOtherResult(string path) : ActionResult
{
    /// <summary>As the wire spells it: a header carries ASCII only.</summary>
    public string Path { get; } = string.Concat(
        path.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    public override void ExecuteResult(ActionContext context)
    {
        var response = context.HttpContext.Response;
        if (context.HttpContext.Request.IsHtmx())
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            response.SendPageTo(Path);
            return;
        }

        response.StatusCode = StatusCodes.Status303SeeOther;
        response.Headers.Location = Path;
    }
}
