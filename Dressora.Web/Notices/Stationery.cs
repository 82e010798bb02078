using System.Globalization;
using Dressora.Web.Data;
using Dressora.Web.Shell;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Notices;

/// <summary>Letters in their reader's language, whoever writes them.</summary>
public sealed class Stationery(Mailbox mailbox, IStringLocalizer<Words> words, IOptionsMonitor<SiteOptions> site)
{
    /// <summary>The texts are keys: {0} is the site's name, {1} the address of the path, {2} and on are the values.</summary>
    public void Post(Write write, string to, string language, string subject, string body, string path, params IEnumerable<object> values)
    {
        var was = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
            var name = site.CurrentValue.Name;
            mailbox.Post(write, to, words[subject, name], words[body, [name, site.CurrentValue.At(path), .. values]]);
        }
        finally
        {
            CultureInfo.CurrentUICulture = was;
        }
    }
}
