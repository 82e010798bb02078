using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Localization;

namespace Dressora.Web.Shell;

/// <summary>
/// The languages of the house, and whose word decides: the person's, this browser's cookie, its settings.
/// </summary>
public static class Languages
{
    public const string Cookie = "lang";

    public static IReadOnlyList<CultureInfo> All { get; } = [new("en"), new("hi"), new("ru")];

    public static RequestLocalizationOptions Options()
    {
        var options = new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture("en"),
            SupportedCultures = [.. All],
            SupportedUICultures = [.. All.Where(HasWords)],
            RequestCultureProviders =
            [
                new CustomRequestCultureProvider(context => Task.FromResult(Chosen(context))),
                new AcceptLanguageHeaderRequestCultureProvider { MaximumAcceptLanguageHeaderValuesToTry = 5 },
            ],
        };
        return options;
    }

    /// <summary>A page says which language it is in, so one that has no words yet counts but does not speak.</summary>
    private static bool HasWords(CultureInfo culture) => culture.Name == "en"
        || new ResourceManager(typeof(Words))
            .GetResourceSet(culture, createIfNotExists: true, tryParents: false) is not null;

    private static ProviderCultureResult? Chosen(HttpContext context)
    {
        var said = context.User.FindFirst(PersonClaims.Language)?.Value ?? context.Request.Cookies[Cookie];
        return All.Any(culture => culture.Name == said) ? new ProviderCultureResult(said) : null;
    }
}
