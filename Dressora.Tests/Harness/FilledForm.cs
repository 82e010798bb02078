using System.Globalization;
using System.Net.Http.Headers;
using AngleSharp.Html.Dom;

namespace Dressora.Tests.Harness;

/// <summary>A file a person chose.</summary>
public sealed record Upload(string Name, string Type, byte[] Bytes);

/// <summary>The entries a browser would send for a form, with what a person typed over what the page had filled in.</summary>
internal sealed class FilledForm
{
    private readonly IHtmlFormElement _form;
    private readonly IHtmlElement? _button;
    private readonly Answer _page;
    private readonly Dictionary<string, object?> _typed = new(StringComparer.Ordinal);

    private FilledForm(Answer page, IHtmlFormElement form, IHtmlElement? button)
    {
        _page = page;
        _form = form;
        _button = button;
    }

    internal static FilledForm Of(Answer page, string selector, string? button)
    {
        var form = page.Find(selector) as IHtmlFormElement
            ?? throw new InvalidOperationException($"{selector} is not a form.");
        var buttons = form.Elements.Where(element => element is
            IHtmlButtonElement { Type: "submit", IsDisabled: false } or IHtmlInputElement { Type: "submit", IsDisabled: false });
        var pressed = button is null
            ? buttons.FirstOrDefault()
            : buttons.FirstOrDefault(element => element.Matches(button))
                ?? throw new InvalidOperationException($"{selector} has no button {button}.");
        return new FilledForm(page, form, pressed);
    }

    internal FilledForm Fill(object? fields)
    {
        var named = fields switch
        {
            null => [],
            IEnumerable<KeyValuePair<string, object?>> pairs => pairs,
            IEnumerable<KeyValuePair<string, string>> pairs => pairs.Select(p => KeyValuePair.Create(p.Key, (object?)p.Value)),
            _ => fields.GetType().GetProperties().Select(property =>
                KeyValuePair.Create(property.Name.Replace('_', '.'), property.GetValue(fields))),
        };
        foreach (var (name, value) in named)
        {
            if (!Controls().Any(control => control.Name == name))
            {
                var has = string.Join(", ", Controls().Select(control => control.Name).Distinct());
                throw new InvalidOperationException($"{_page.Address.PathAndQuery} has no field {name} (it has {has}).");
            }

            _typed[name] = value;
        }

        return this;
    }

    internal HttpRequestMessage ToRequest()
    {
        var method = Attribute("formmethod") ?? _form.GetAttribute("method") ?? "get";
        var action = Attribute("formaction") ?? _form.GetAttribute("action");
        var target = new Uri(_page.Address, string.IsNullOrEmpty(action) ? _page.Address.PathAndQuery : action);
        var entries = Entries().ToList();
        if (!method.Equals("post", StringComparison.OrdinalIgnoreCase))
        {
            var query = new FormUrlEncodedContent(Texts(entries)).ReadAsStringAsync().GetAwaiter().GetResult();
            return new HttpRequestMessage(HttpMethod.Get, new Uri($"{target.GetLeftPart(UriPartial.Path)}?{query}"));
        }

        var multipart = _form.GetAttribute("enctype") == "multipart/form-data";
        return new HttpRequestMessage(HttpMethod.Post, target)
        {
            Content = multipart ? Multipart(entries) : new FormUrlEncodedContent(Texts(entries)),
        };
    }

    private string? Attribute(string name) => _button?.GetAttribute(name);

    private IEnumerable<(string Name, IHtmlElement Element)> Controls() => _form.Elements
        .Where(element => !element.HasAttribute("disabled") && element.Closest("fieldset[disabled]") is null)
        .Select(element => (element.GetAttribute("name") ?? "", element))
        .Where(control => control.Item1.Length > 0);

    private IEnumerable<(string Name, object Value)> Entries() => Controls().SelectMany(control => Of(control.Name, control.Element));

    private IEnumerable<(string Name, object Value)> Of(string name, IHtmlElement element)
    {
        var typed = _typed.TryGetValue(name, out var value);
        return element switch
        {
            IHtmlButtonElement or IHtmlInputElement { Type: "submit" } =>
                element == _button ? [(name, element.GetAttribute("value") ?? "")] : [],
            IHtmlInputElement { Type: "checkbox" or "radio" } choice =>
                (typed ? IsChosen(choice, value) : choice.IsChecked) ? [(name, choice.Value)] : [],
            IHtmlInputElement { Type: "file" } => Files(typed ? value : null).Select(file => (name, (object)file)),
            // The checkbox tag helper adds a hidden "false" of the same name: typing is for the box.
            IHtmlInputElement { Type: "hidden" } hidden when typed && HasVisibleTwin(name) => [(name, hidden.Value)],
            IHtmlInputElement input => [(name, typed ? Text(value) : input.Value)],
            IHtmlTextAreaElement area => [(name, typed ? Text(value) : area.Value)],
            IHtmlSelectElement select => Chosen(select, typed, value).Select(option => (name, (object)option)),
            _ => [],
        };
    }

    private bool HasVisibleTwin(string name) =>
        Controls().Any(control => control.Name == name && control.Element is IHtmlInputElement { Type: not "hidden" });

    private static bool IsChosen(IHtmlInputElement choice, object? value) => value switch
    {
        null => false,
        bool on when choice.Type == "checkbox" => on,
        string text => text == choice.Value,
        IEnumerable<string> texts => texts.Contains(choice.Value),
        _ => Text(value) == choice.Value,
    };

    private static IEnumerable<string> Chosen(IHtmlSelectElement select, bool typed, object? value)
    {
        if (!typed)
            return select.Options.Where(option => option.IsSelected).Select(option => option.Value);
        var wanted = value as IEnumerable<string> ?? [Text(value)];
        foreach (var one in wanted.Where(one => select.Options.All(option => option.Value != one)))
            throw new InvalidOperationException($"{select.Name} has no option {one}.");
        return wanted;
    }

    private static IEnumerable<Upload> Files(object? value) => value switch
    {
        null => [],
        Upload one => [one],
        IEnumerable<Upload> several => several,
        _ => throw new InvalidOperationException("A file field takes an Upload."),
    };

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    private static IEnumerable<KeyValuePair<string, string>> Texts(IEnumerable<(string Name, object Value)> entries) =>
        entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Value is Upload file ? file.Name : Text(entry.Value)));

    private static MultipartFormDataContent Multipart(IEnumerable<(string Name, object Value)> entries)
    {
        var content = new MultipartFormDataContent();
        foreach (var (name, value) in entries)
        {
            if (value is not Upload file)
            {
                content.Add(new StringContent(Text(value)), name);
                continue;
            }

            var bytes = new ByteArrayContent(file.Bytes);
            bytes.Headers.ContentType = MediaTypeHeaderValue.Parse(file.Type);
            content.Add(bytes, name, file.Name);
        }

        return content;
    }
}
