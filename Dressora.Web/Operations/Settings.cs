using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Ledger;
using Dressora.Web.Media;
using Dressora.Web.Moderation;
using Dressora.Web.Notices;
using Dressora.Web.Payments;
using Dressora.Web.Providers;
using Dressora.Web.Shell;

namespace Dressora.Web.Operations;

/// <summary>Every section of settings there is. What is not reached from here is not a setting, and stops the start.</summary>
public static class Settings
{
    /// <summary>An owner can read sixty; a house with more has stopped deciding.</summary>
    public const int CountMax = 60;

    public static readonly IReadOnlyList<SettingSection> Sections =
    [
        new(ServerOptions.Section, typeof(ServerOptions)),
        new(SiteOptions.Section, typeof(SiteOptions)),
        new(DatabaseOptions.Section, typeof(DatabaseOptions)),
        new(MailOptions.Section, typeof(MailOptions)),
        new(AccountOptions.Section, typeof(AccountOptions)),
        new(GoogleOptions.Section, typeof(GoogleOptions)),
        new(OtherProviderOptions.Section, typeof(OtherProviderOptions)),
        new(AllowanceOptions.Section, typeof(AllowanceOptions)),
        new(ProviderOptions.Section, typeof(ProviderOptions)),
        new(PaymentOptions.Section, typeof(PaymentOptions)),
        new(MediaOptions.Section, typeof(MediaOptions)),
        new(ModerationOptions.Section, typeof(ModerationOptions)),
        new(S3Options.Section, typeof(S3Options)),
        new(LogOptions.Section, typeof(LogOptions)),
        new(DiskOptions.Section, typeof(DiskOptions)),
    ];

    /// <summary>Roots that belong to the framework: we neither read nor refuse them.</summary>
    internal static readonly IReadOnlyList<string> Foreign =
    [
        "Logging", "Kestrel", "AllowedHosts", "Environment", "ContentRoot", "ApplicationName", "WebRoot",
        "http_ports", "https_ports", "ForwardedHeaders_Enabled",
    ];

    public static IReadOnlyList<Setting> All { get; } = [.. Sections.SelectMany(section => Setting.Of(section))];

    internal static Setting? Find(string key) => All.FirstOrDefault(setting => setting.Covers(key));
}

/// <summary>A section's name ("" for the few that stand alone) and the class it is bound to.</summary>
public sealed record SettingSection(string Name, Type Options);
