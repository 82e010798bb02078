namespace Dressora.Web.Pages.Setup;

/// <summary>The way through the first start, in order.</summary>
internal static class SetupSteps
{
    internal const string Site = "/setup/site";
    internal const string Letters = "/setup/letters";
    internal const string Files = "/setup/files";
    internal const string Makers = "/setup/makers";
    internal const string Done = "/setup/done";
}
