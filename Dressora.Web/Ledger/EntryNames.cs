namespace Dressora.Web.Ledger;

/// <summary>The names of a kind of word, both ways, looked up once: a check reads millions of them.</summary>
internal static class EntryNames<T> where T : struct, Enum
{
    internal static readonly Dictionary<T, string> Of = Enum.GetValues<T>().ToDictionary(value => value, value => value.ToString());
    internal static readonly Dictionary<string, T> By = Of.ToDictionary(pair => pair.Value, pair => pair.Key);
}
