namespace Dressora.Web.Providers;

/// <summary>The keys of the companies that make things. Without one, its models are not offered.</summary>
public sealed class ProviderOptions
{
    public const string Section = "Providers";

    public string FalKey { get; set; } = "";

    public string EvoLinkKey { get; set; } = "";

    public string OpenRouterKey { get; set; } = "";
}
