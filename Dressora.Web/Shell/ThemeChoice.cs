namespace Dressora.Web.Shell;

/// <summary>
/// Light, dark, or as the device says: what this browser chose last, else the person, else the room's own.
/// </summary>
public static class ThemeChoice
{
    public const string Light = "light";
    public const string Dark = "dark";
    public const string System = "system";
    public const string Cookie = "theme";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static IReadOnlyList<string> All { get; } = [Light, Dark, System];

    public static string Of(HttpContext context, string otherwise) =>
        Known(context.Request.Cookies[Cookie])
        ?? Known(context.User.FindFirst(PersonClaims.Theme)?.Value)
        ?? otherwise;

    /// <summary>Remembered by this browser, signed in or not; false when there is no such theme.</summary>
    public static bool Remember(HttpContext context, string? theme)
    {
        if (Known(theme) is not { } known)
            return false;
        context.Response.Cookies.Append(Cookie, known, new CookieOptions
        {
            MaxAge = Kept,
            HttpOnly = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            IsEssential = true,
        });
        return true;
    }

    private static string? Known(string? theme) =>
        All.FirstOrDefault(known => known.Equals(theme, StringComparison.OrdinalIgnoreCase));
}
