using System.Data.Common;
using Dressora.Web.Data;
using Dressora.Web.Providers;

namespace Dressora.Web.Generation;

/// <summary>A job as columns: what was asked, which never changes, and how it stands.</summary>
internal static class JobColumns
{
    private const string Asked =
        "id, user_id, client_id, tool, kind, fingerprint, parameters, count, is_heavy, price, scope, callback_token, "
        + "created_at, turn, key_id, ";

    private const string Changing =
        "state, version, worker, due_at, deadline, model_id, tried, attempts, external_id, poll_reference, progress, place, preview_id, "
        + "save_attempts, charged, reason, detail, sent_at, previewed_at, finished_at";

    internal const string All = Asked + Changing;

    internal static (string Name, object? Value)[] Values(Job job) =>
    [
        ("@state", job.State.ToString()), ("@worker", job.Worker), ("@due", InstantConverter.ToMicroseconds(job.DueAt)),
        ("@deadline", InstantConverter.ToMicroseconds(job.Deadline)), ("@model", job.ModelId), ("@tried", job.Tried),
        ("@attempts", job.Attempts), ("@external", job.ExternalId), ("@poll", job.PollReference), ("@progress", job.Progress),
        ("@place", job.Place), ("@preview", job.PreviewId), ("@saves", job.SaveAttempts), ("@charged", job.Charged),
        ("@reason", job.Reason?.ToString()), ("@detail", job.Detail), ("@sent", Instant(job.SentAt)),
        ("@previewed", Instant(job.PreviewedAt)), ("@finished", Instant(job.FinishedAt)),
    ];

    private static long? Instant(DateTimeOffset? instant) => instant is { } at ? InstantConverter.ToMicroseconds(at) : null;

    internal static Job Read(DbDataReader row) => ReadAsked(row) with
    {
        State = Enum.Parse<JobState>(row.GetString(15)),
        Version = row.GetInt64(16),
        Worker = Text(row, 17),
        DueAt = InstantConverter.FromMicroseconds(row.GetInt64(18)),
        Deadline = InstantConverter.FromMicroseconds(row.GetInt64(19)),
        ModelId = row.IsDBNull(20) ? null : row.GetInt64(20),
        Tried = row.GetString(21),
        Attempts = row.GetInt32(22),
        ExternalId = Text(row, 23),
        PollReference = Text(row, 24),
        Progress = row.IsDBNull(25) ? null : row.GetInt32(25),
        Place = row.IsDBNull(26) ? null : row.GetInt32(26),
        PreviewId = Text(row, 27),
        SaveAttempts = row.GetInt32(28),
        Charged = row.GetInt64(29),
        Reason = Text(row, 30) is { } reason ? Enum.Parse<FailReason>(reason) : null,
        Detail = row.GetString(31),
        SentAt = Instant(row, 32),
        PreviewedAt = Instant(row, 33),
        FinishedAt = Instant(row, 34),
    };

    private static Job ReadAsked(DbDataReader row) => new()
    {
        Id = row.GetString(0),
        UserId = row.GetInt64(1),
        ClientId = row.GetString(2),
        Tool = row.GetString(3),
        Kind = Enum.Parse<JobKind>(row.GetString(4)),
        Fingerprint = (byte[])row.GetValue(5),
        Parameters = row.GetString(6),
        Count = row.GetInt32(7),
        IsHeavy = row.GetBoolean(8),
        Price = row.GetInt64(9),
        Scope = row.GetString(10),
        CallbackToken = row.GetString(11),
        CreatedAt = InstantConverter.FromMicroseconds(row.GetInt64(12)),
        Turn = row.GetInt64(13),
        KeyId = row.IsDBNull(14) ? null : row.GetInt64(14),
        DueAt = default,
        Deadline = default,
    };

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Instant(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : InstantConverter.FromMicroseconds(row.GetInt64(column));
}
