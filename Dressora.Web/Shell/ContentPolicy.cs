namespace Dressora.Web.Shell;

/// <summary>
/// What a page of ours may load and where its forms may lead: nothing but this server, unless it says more.
/// </summary>
public static class ContentPolicy
{
    public const string ReportPath = "/csp-reports";

    private const string Base =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        + "manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
        + "report-uri " + ReportPath + "; report-to csp; form-action 'self'";

    private static readonly object FormTargets = new();

    /// <summary>
    /// A form on this page is answered with a redirect to another company: a payment, a foreign sign-in.
    /// </summary>
    public static void LetFormsLeadTo(this HttpContext context, Uri target) =>
        context.Items[FormTargets] = $"{context.Items[FormTargets]} {target.GetLeftPart(UriPartial.Authority)}";

    internal static string For(HttpContext context) => Base + context.Items[FormTargets];
}
