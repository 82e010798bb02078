using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace Dressora.Web.Shell;

/// <summary>
/// A labelled input with its hint and what is wrong with it: <c>&lt;field for="Email" label="…" type="email" /&gt;</c>.
/// What was typed is kept, except secrets.
/// </summary>
[HtmlTargetElement("field", TagStructure = TagStructure.WithoutEndTag)]
public sealed class FieldTagHelper : TagHelper
{
    private static readonly string[] Passed = ["autocomplete", "inputmode", "maxlength", "autocapitalize", "spellcheck"];

    public ModelExpression For { get; set; } = null!;

    public IHtmlContent Label { get; set; } = HtmlString.Empty;

    public IHtmlContent? Hint { get; set; }

    public string Type { get; set; } = "text";

    public bool Required { get; set; } = true;

    public string Look { get; set; } = "";

    [ViewContext, HtmlAttributeNotBound]
    public ViewContext ViewContext { get; set; } = null!;

    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        var name = ViewContext.ViewData.TemplateInfo.GetFullHtmlFieldName(For.Name);
        var id = TagBuilder.CreateSanitizedId(name, "_");
        ViewContext.ModelState.TryGetValue(name, out var entry);
        var error = entry?.Errors.FirstOrDefault()?.ErrorMessage;

        var input = Input(name, id, entry);
        foreach (var attribute in output.Attributes.Where(attribute => Passed.Contains(attribute.Name)).ToList())
        {
            input.Attributes[attribute.Name] = attribute.Value?.ToString();
            output.Attributes.Remove(attribute);
        }

        output.TagName = "div";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "field");
        output.Content.AppendHtml($"<label class=\"label\" for=\"{id}\">").AppendHtml(Label).AppendHtml("</label>");
        var describedBy = new List<string>();
        if (error is not null)
        {
            input.Attributes["aria-invalid"] = "true";
            describedBy.Add($"{id}-error");
        }

        if (Hint is not null)
            describedBy.Add($"{id}-hint");
        if (describedBy.Count > 0)
            input.Attributes["aria-describedby"] = string.Join(' ', describedBy);
        output.Content.AppendHtml(input);
        if (error is not null)
            output.Content.AppendHtml($"<p class=\"error\" id=\"{id}-error\">").Append(error).AppendHtml("</p>");
        if (Hint is not null)
            output.Content.AppendHtml($"<p class=\"hint\" id=\"{id}-hint\">").AppendHtml(Hint).AppendHtml("</p>");
    }

    private TagBuilder Input(string name, string id, ModelStateEntry? entry)
    {
        var input = new TagBuilder("input") { TagRenderMode = TagRenderMode.SelfClosing };
        input.AddCssClass("input");
        if (Look.Length > 0)
            input.AddCssClass(Look);
        input.Attributes["id"] = id;
        input.Attributes["name"] = name;
        input.Attributes["type"] = Type;
        if (Required)
            input.Attributes["required"] = "required";
        if (Type != "password")
            input.Attributes["value"] = entry?.AttemptedValue ?? For.Model?.ToString() ?? "";
        return input;
    }
}
