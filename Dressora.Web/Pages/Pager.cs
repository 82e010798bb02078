namespace Dressora.Web.Pages;

/// <summary>One page of a list: fifty rows, and the address of the next with the filters kept.</summary>
public sealed record Pager(int Page, int Count, IQueryCollection Query)
{
    public const int Rows = 50;
    private const int PageMax = 10_000;

    public int Skip => (Page - 1) * Rows;
    public int First => Count == 0 ? 0 : Skip + 1;
    public int Last => Math.Min(Skip + Rows, Count);
    public string? Previous => Page > 1 ? With("page", Page - 1) : null;
    public string? Next => Last < Count ? With("page", Page + 1) : null;

    public static int Read(IQueryCollection query) =>
        int.TryParse(query["page"], out var page) ? Math.Clamp(page, 1, PageMax) : 1;

    /// <summary>This list with one value of its address changed.</summary>
    public string With(string name, object value)
    {
        var kept = Query.Where(pair => pair.Key != name && pair.Key != "page" && pair.Key != "handler")
            .SelectMany(pair => pair.Value, (pair, text) => KeyValuePair.Create(pair.Key, text));
        return QueryString.Create(kept.Append(KeyValuePair.Create(name, value.ToString()))).ToString();
    }
}
