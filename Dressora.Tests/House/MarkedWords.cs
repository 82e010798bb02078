using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Dressora.Tests.House;

/// <summary>A language in which every sentence stands between two marks: what has none never met the localizer.</summary>
internal sealed class MarkedWords : IStringLocalizerFactory, IStringLocalizer
{
    internal const char Open = '⟦';
    internal const char Close = '⟧';

    public LocalizedString this[string name] => new(name, $"{Open}{name}{Close}");

    public LocalizedString this[string name, params object[] arguments] =>
        new(name, string.Format(CultureInfo.CurrentCulture, this[name].Value, arguments));

    public IStringLocalizer Create(Type resourceSource) => this;

    public IStringLocalizer Create(string baseName, string location) => this;

    public IEnumerable<LocalizedString> GetAllStrings(bool includeParentCultures) => [];
}
