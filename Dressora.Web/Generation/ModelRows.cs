using System.Data.Common;
using Dressora.Web.Data;

namespace Dressora.Web.Generation;

/// <summary>Models as rows.</summary>
internal static class ModelRows
{
    /// <summary>Of an average, how much the newest time counts.</summary>
    private const int NewestCounts = 5;

    private const string Columns =
        "id, tool, provider, name, title, position, is_enabled, price, life_seconds, daily_max, wait_ms, preview_ms";

    internal static Task<List<Model>> EnabledAsync(Write write, string tool) => write.RowsAsync(
        $"SELECT {Columns} FROM models WHERE tool = @tool AND is_enabled = TRUE ORDER BY position, id", Read, ("@tool", tool));

    internal static Task<Model?> FindAsync(Write write, long id) =>
        write.RowAsync($"SELECT {Columns} FROM models WHERE id = @id", Read, ("@id", id));

    internal static async Task<long> SentSinceAsync(Write write, long id, DateTimeOffset since) => await write.NumberAsync(
        "SELECT count(*) FROM jobs WHERE model_id = @id AND sent_at >= @since",
        ("@id", id), ("@since", InstantConverter.ToMicroseconds(since))) ?? 0;

    internal static async Task LearnAsync(Write write, Job done)
    {
        if (done is not { ModelId: { } id, SentAt: { } sent, FinishedAt: { } finished })
            return;
        await write.ExecuteAsync(
            $"UPDATE models SET wait_ms = wait_ms + (@took - wait_ms) / {NewestCounts} WHERE id = @id",
            ("@took", (long)(finished - sent).TotalMilliseconds), ("@id", id));
        if (done.PreviewedAt is { } previewed)
        {
            await write.ExecuteAsync(
                $"UPDATE models SET preview_ms = coalesce(preview_ms + (@took - preview_ms) / {NewestCounts}, @took) WHERE id = @id",
                ("@took", (long)(previewed - sent).TotalMilliseconds), ("@id", id));
        }
    }

    private static Model Read(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        Tool = row.GetString(1),
        Provider = row.GetString(2),
        Name = row.GetString(3),
        Title = row.GetString(4),
        Position = row.GetInt32(5),
        IsEnabled = row.GetBoolean(6),
        Price = row.GetInt64(7),
        LifeSeconds = row.GetInt64(8),
        DailyMax = row.IsDBNull(9) ? null : row.GetInt32(9),
        WaitMs = row.GetInt64(10),
        PreviewMs = row.IsDBNull(11) ? null : row.GetInt64(11),
    };
}
