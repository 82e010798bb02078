namespace Dressora.Web.Shell;

/// <summary>What a page of ours may load and where its forms may lead: nothing but this server.</summary>
public static class ContentPolicy
{
    public const string ReportPath = "/csp-reports";

    internal const string Text =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; "
        + "manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
        + "report-uri " + ReportPath + "; report-to csp; form-action 'self'";
}
