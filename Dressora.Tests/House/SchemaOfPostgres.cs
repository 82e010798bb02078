using System.Text.RegularExpressions;
using Npgsql;

namespace Dressora.Tests.House;

/// <summary>What a PostgreSQL database really looks like.</summary>
internal static partial class SchemaOfPostgres
{
    private const string Tables = "c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'schema_versions'";

    internal static async Task<Schema> ReadAsync(NpgsqlConnection connection)
    {
        var schema = new Schema();
        foreach (var row in await RowsAsync(connection, $"""
            SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE {Tables} AND a.attnum > 0 AND NOT a.attisdropped
            """))
            schema.Column((string)row[0], (string)row[1], (string)row[2], (bool)row[3]);
        foreach (var row in await RowsAsync(connection, $"""
            SELECT c.relname, i.relname, x.indisunique, x.indisprimary,
              ARRAY(SELECT a.attname::text FROM unnest(x.indkey) WITH ORDINALITY k(n, o)
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.n ORDER BY o)
            FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid WHERE {Tables}
            """))
        {
            if ((bool)row[3])
                schema.PrimaryKey((string)row[0], (string[])row[4]);
            else
                schema.Index((string)row[0], (string)row[1], (bool)row[2], (string[])row[4]);
        }

        await ReadForeignKeysAsync(connection, schema);
        await ReadChoicesAsync(connection, schema);
        return schema;
    }

    private static async Task ReadForeignKeysAsync(NpgsqlConnection connection, Schema schema)
    {
        foreach (var row in await RowsAsync(connection, $"""
            SELECT c.relname, f.relname,
              CASE k.confdeltype WHEN 'c' THEN 'CASCADE' WHEN 'n' THEN 'SETNULL' WHEN 'r' THEN 'RESTRICT' ELSE 'NOACTION' END,
              ARRAY(SELECT a.attname::text FROM unnest(k.conkey) n JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = n),
              ARRAY(SELECT a.attname::text FROM unnest(k.confkey) n JOIN pg_attribute a ON a.attrelid = f.oid AND a.attnum = n)
            FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class f ON f.oid = k.confrelid
            WHERE k.contype = 'f' AND {Tables}
            """))
            schema.ForeignKey((string)row[0], (string[])row[3], (string)row[1], (string[])row[4], (string)row[2]);
    }

    private static async Task ReadChoicesAsync(NpgsqlConnection connection, Schema schema)
    {
        foreach (var row in await RowsAsync(connection, $"""
            SELECT c.relname, pg_get_constraintdef(k.oid) FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
            WHERE k.contype = 'c' AND {Tables}
            """))
        {
            if (Choice().Match((string)row[1]) is { Success: true } check)
                schema.Choice((string)row[0], check.Groups["column"].Value, Quoted().Matches(check.Value).Select(text => text.Groups[1].Value));
        }
    }

    private static async Task<List<object[]>> RowsAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object[]>();
        while (await reader.ReadAsync())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(row);
        }

        return rows;
    }

    [GeneratedRegex(@"\((?<column>\w+) = ANY \(ARRAY\[[^\]]*\]\)")]
    private static partial Regex Choice();

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted();
}
