namespace Dressora.Web.Shell;

/// <summary>
/// The name of a cookie that the framework writes without a cookie manager; see <see cref="HostCookies"/>.
/// </summary>
internal sealed class HostCookie(IHttpContextAccessor accessor) : CookieBuilder
{
    public override string? Name
    {
        get => base.Name is { } name && accessor.HttpContext is { } context
            ? HostCookies.NameFor(context, name)
            : base.Name;
        set => base.Name = value;
    }

    public static HostCookie Make(IHttpContextAccessor accessor, string name) => new(accessor)
    {
        Name = name,
        Path = "/",
        HttpOnly = true,
        IsEssential = true,
        SameSite = SameSiteMode.Lax,
        SecurePolicy = CookieSecurePolicy.SameAsRequest,
    };
}
