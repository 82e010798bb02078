using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Dressora.Tests.Harness;

/// <summary>What a browser got back.</summary>
public sealed class Answer
{
    private readonly HttpResponseMessage _response;
    private IHtmlDocument? _document;

    private Answer(HttpResponseMessage response, Uri address, byte[] body)
    {
        _response = response;
        Address = address;
        Body = body;
    }

    /// <summary>The address that was asked.</summary>
    public Uri Address { get; }
    public byte[] Body { get; }
    public HttpStatusCode Status => _response.StatusCode;
    public string Text => System.Text.Encoding.UTF8.GetString(Body);
    public IHtmlDocument Document => _document ??= new HtmlParser().ParseDocument(Text);

    /// <summary>Where a redirect leads, as path and query when it stays on this site; else null.</summary>
    public string? Location => _response.Headers.Location is not { } location ? null
        : new Uri(Address, location) is var whole && whole.Authority == Address.Authority ? whole.PathAndQuery
        : whole.ToString();

    public string? ContentType => _response.Content.Headers.ContentType?.MediaType;

    /// <summary>The first heading, for short assertions.</summary>
    public string Heading => TextOf("h1");

    public IReadOnlyList<string> HeaderNames =>
        [.. _response.Headers.Concat(_response.Content.Headers).Select(header => header.Key)];

    /// <summary>A header's value, or null; several are joined as HTTP joins them.</summary>
    public string? Header(string name) =>
        _response.Headers.TryGetValues(name, out var values) || _response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    public IElement Find(string selector) => Document.QuerySelector(selector)
        ?? throw new InvalidOperationException($"{Address.PathAndQuery} ({(int)Status}) has no {selector}:\n{Text}");

    public bool Has(string selector) => Document.QuerySelector(selector) is not null;

    /// <summary>A text as a person reads it: runs of white space are one space.</summary>
    public string TextOf(string selector) =>
        string.Join(' ', Find(selector).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public override string ToString() => $"{(int)Status} {Address.PathAndQuery} {Location}\n{Text}";

    internal static async Task<Answer> ReadAsync(HttpResponseMessage response, Uri address) =>
        new(response, address, await response.Content.ReadAsByteArrayAsync());
}
