using System.Security.Cryptography;
using System.Text;
using Dressora.Web.Media;
using Dressora.Web.Tools;

namespace Dressora.Web.Pages.Studio;

/// <summary>What the fitting room sends.</summary>
public sealed class FittingForm
{
    public const string Photo = "photo";
    public const string Words = "words";

    public Sent Person { get; set; } = new();
    public Sent Garment { get; set; } = new();

    /// <summary>What shows the garment: a photo, or words.</summary>
    public string By { get; set; } = Photo;
    public string? Description { get; set; }
    public string Category { get; set; } = TryOnTool.Auto;
    public string AspectRatio { get; set; } = TryOnTool.Auto;
    public bool States { get; set; }
    public string? Key { get; set; }

    /// <summary>They know that they have it already and want another.</summary>
    public bool Anew { get; set; }

    /// <summary>As the tool reads it, with the photos that hang in the frames.</summary>
    public ToolForm With(MediaItem? person, MediaItem? garment)
    {
        var inWords = By == Words;
        var fields = new Dictionary<string, string>
        {
            [TryOnTool.Category] = Category,
            [TryOnTool.AspectRatio] = AspectRatio,
            [TryOnTool.Description] = inWords ? Description?.Trim() ?? "" : "",
        };
        var files = new Dictionary<string, string>();
        if (person is not null)
            files[TryOnTool.Person] = person.Id;
        if (!inWords && garment is not null)
            files[TryOnTool.Garment] = garment.Id;
        return new ToolForm(fields, files);
    }

    /// <summary>The same page sent twice is one job; the same page with something else in it is another.</summary>
    public string ClientId(ToolForm form)
    {
        var all = string.Join('\n', form.Fields.Concat(form.Files).Select(pair => $"{pair.Key}={pair.Value}").Order(StringComparer.Ordinal));
        return "page-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Key}\n{Anew}\n{all}")))[..32];
    }
}
