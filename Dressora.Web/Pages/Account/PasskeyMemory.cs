using Dressora.Web.Accounts;
using Dressora.Web.Shell;

namespace Dressora.Web.Pages.Account;

/// <summary>What this browser was asked, kept sealed in a cookie of its own until it answers, once.</summary>
internal static class PasskeyMemory
{
    private const string Name = "passkey";
    private static readonly HostCookies Cookies = new();

    internal static void Keep(HttpContext http, PasskeyQuestion question) =>
        Cookies.AppendResponseCookie(http, Name, question.Memory, Options());

    internal static string? Take(HttpContext http)
    {
        var memory = Cookies.GetRequestCookie(http, Name);
        Cookies.DeleteCookie(http, Name, Options());
        return memory;
    }

    private static CookieOptions Options() =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, MaxAge = TimeSpan.FromMinutes(5), IsEssential = true };
}
