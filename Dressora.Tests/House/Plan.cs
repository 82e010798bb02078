namespace Dressora.Tests.House;

/// <summary>Who may name whom, as HOUSE.md says it.</summary>
internal sealed class Plan(IReadOnlyDictionary<string, IReadOnlySet<string>> arrows)
{
    internal const string File = "Dressora.Web/HOUSE.md";

    internal static Plan Written { get; } = Read(SourceTree.ReadText(File));

    internal IEnumerable<string> Folders => arrows.Keys;

    internal bool Knows(string folder) => arrows.ContainsKey(folder);

    internal bool Allows(string from, string to) => from == to || (arrows.TryGetValue(from, out var named) && named.Contains(to));

    internal static Plan Read(string text)
    {
        var rows = text.Split('\n').SkipWhile(line => !line.StartsWith("| from", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Trim('|').Split('|', StringSplitOptions.TrimEntries))
            .ToDictionary(
                row => row[0],
                row => (IReadOnlySet<string>)row[1].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet());
        return new Plan(rows);
    }
}
