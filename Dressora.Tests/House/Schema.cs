using System.Globalization;

namespace Dressora.Tests.House;

/// <summary>A schema as a set of facts, one line each, so that two of them can be held against each other.</summary>
internal sealed class Schema
{
    private readonly SortedSet<string> _facts = new(StringComparer.Ordinal);

    internal IReadOnlySet<string> Facts => _facts;

    internal void Column(string table, string column, string type, bool nullable) =>
        _facts.Add($"{table}.{column} is {Family(type)}{(nullable ? ", may be null" : "")}");

    internal void PrimaryKey(string table, IEnumerable<string> columns) =>
        _facts.Add($"{table} has primary key ({string.Join(", ", columns)})");

    internal void Index(string table, string name, bool unique, IEnumerable<string> columns) =>
        _facts.Add($"{table} has {(unique ? "unique index" : "index")} {name} ({string.Join(", ", columns)})");

    internal void ForeignKey(string table, IEnumerable<string> columns, string target, IEnumerable<string> targets, string onDelete) =>
        _facts.Add($"{table} ({string.Join(", ", columns)}) refers to {target} ({string.Join(", ", targets)}), on delete {onDelete}");

    internal void Choice(string table, string column, IEnumerable<string> values) =>
        _facts.Add($"{table}.{column} is one of {string.Join(", ", values.Order(StringComparer.Ordinal))}");

    /// <summary>What only one of the two says.</summary>
    internal static IEnumerable<string> Differences(Schema model, Schema database) =>
        model.Facts.Except(database.Facts).Select(fact => $"only the model says: {fact}")
            .Concat(database.Facts.Except(model.Facts).Select(fact => $"only the database says: {fact}"));

    private static string Family(string type)
    {
        var name = type.ToLower(CultureInfo.InvariantCulture);
        return name.StartsWith("character varying", StringComparison.Ordinal) ? "text" : name;
    }
}
