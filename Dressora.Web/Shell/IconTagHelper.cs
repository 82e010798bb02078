using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Dressora.Web.Shell;

/// <summary><c>&lt;icon name="studio" /&gt;</c>: a drawing beside a word, never instead of one.</summary>
public sealed class IconTagHelper : TagHelper
{
    private static readonly FrozenDictionary<string, string> Drawings = Read();

    public string Name { get; set; } = "";

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (!Drawings.TryGetValue(Name, out var drawing))
            throw new KeyNotFoundException($"There is no icon named {Name} in wwwroot-src/icons.");
        output.TagName = "svg";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "icon");
        output.Attributes.SetAttribute("viewBox", "0 0 24 24");
        output.Attributes.SetAttribute("aria-hidden", "true");
        output.Content.SetHtmlContent(drawing);
    }

    private static FrozenDictionary<string, string> Read()
    {
        var type = typeof(IconTagHelper);
        using var stream = type.Assembly.GetManifestResourceStream(type, "icons.json");
        var icons = stream is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(stream) ?? [];
        return icons.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
