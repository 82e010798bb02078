using Microsoft.AspNetCore.Authentication.Cookies;

namespace Dressora.Web.Shell;

/// <summary>
/// Cookies that over https carry the __Host- name, which no other host and no plain http answer can set. Over plain
/// http, on a home network or this machine, a browser would drop that name, so the bare one is used.
/// </summary>
public sealed class HostCookies : ICookieManager
{
    private const string Prefix = "__Host-";
    private readonly ChunkingCookieManager _cookies = new();

    public static string NameFor(HttpContext context, string name) => context.Request.IsHttps ? Prefix + name : name;

    public string? GetRequestCookie(HttpContext context, string key) =>
        _cookies.GetRequestCookie(context, NameFor(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _cookies.AppendResponseCookie(context, NameFor(context, key), value, Bound(context, options));

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) =>
        _cookies.DeleteCookie(context, NameFor(context, key), Bound(context, options));

    private static CookieOptions Bound(HttpContext context, CookieOptions options) => new(options)
    {
        Domain = null,
        Path = "/",
        Secure = context.Request.IsHttps,
    };
}
