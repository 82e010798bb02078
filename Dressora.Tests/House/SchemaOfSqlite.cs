using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace Dressora.Tests.House;

/// <summary>What a SQLite file really looks like.</summary>
internal static partial class SchemaOfSqlite
{
    internal static Schema Read(SqliteConnection connection)
    {
        var schema = new Schema();
        var tables = Rows(connection, "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
        foreach (var row in tables.Where(row => (string)row[0] != "schema_versions"))
        {
            var table = (string)row[0];
            ReadColumns(connection, schema, table);
            ReadIndexes(connection, schema, table);
            ReadForeignKeys(connection, schema, table);
            foreach (Match check in Choice().Matches((string)row[1]))
                schema.Choice(table, check.Groups["column"].Value, Quoted().Matches(check.Value).Select(text => text.Groups[1].Value));
        }

        return schema;
    }

    private static void ReadColumns(SqliteConnection connection, Schema schema, string table)
    {
        var columns = Rows(connection, $"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')");
        foreach (var column in columns)
            schema.Column(table, (string)column[0], (string)column[1], (long)column[2] == 0 && (long)column[3] == 0);
        schema.PrimaryKey(table, columns.Where(column => (long)column[3] > 0).OrderBy(column => (long)column[3]).Select(column => (string)column[0]));
    }

    private static void ReadIndexes(SqliteConnection connection, Schema schema, string table)
    {
        foreach (var index in Rows(connection, $"SELECT name, \"unique\" FROM pragma_index_list('{table}') WHERE origin = 'c'"))
        {
            var columns = Rows(connection, $"SELECT name FROM pragma_index_info('{index[0]}') ORDER BY seqno");
            schema.Index(table, (string)index[0], (long)index[1] == 1, columns.Select(column => (string)column[0]));
        }
    }

    private static void ReadForeignKeys(SqliteConnection connection, Schema schema, string table)
    {
        var keys = Rows(connection, $"SELECT id, \"table\", \"from\", \"to\", on_delete FROM pragma_foreign_key_list('{table}') ORDER BY id, seq");
        foreach (var key in keys.GroupBy(row => (long)row[0]))
        {
            schema.ForeignKey(
                table, key.Select(row => (string)row[2]), (string)key.First()[1], key.Select(row => (string)row[3]),
                ((string)key.First()[4]).Replace(" ", "", StringComparison.Ordinal));
        }
    }

    private static List<object[]> Rows(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    [GeneratedRegex(@"CHECK \((?<column>\w+) IN \('[^)]*\)\)")]
    private static partial Regex Choice();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();
}
