using System.Security.Cryptography;
using System.Text.Json;
using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Payments;

/// <summary>Rung when a gateway told us something.</summary>
public sealed class InboxBell : Bell;

/// <summary>What gateways tell us: checked over its raw bytes, kept, answered at once, and worked after, again if need be.</summary>
public sealed partial class Inbox(Database database, Gateways gateways, Till till, InboxBell bell, TimeProvider clock, ILogger<Inbox> log)
{
    public const int BodyBytesMax = 256 * 1024;
    private const int RejectedKept = 100;
    private static readonly TimeSpan WorkMax = TimeSpan.FromMinutes(2);

    /// <summary>The status to answer with. What is signed is kept, whatever it says: a "no" would have the gateway stop calling.</summary>
    public async Task<int> TakeAsync(
        Counter at, IReadOnlyDictionary<string, string> headers, byte[] body, TimeSpan later = default, CancellationToken cancel = default)
    {
        if (gateways.Find(at) is not { } gateway)
            return StatusCodes.Status404NotFound;
        var read = await gateway.ReadWebhookAsync(headers, body);
        if (read is WebhookRead.Rejected(var why))
        {
            await database.WriteAsync(write => RejectAsync(write, at, why, body), cancel);
            return StatusCodes.Status401Unauthorized;
        }

        var said = (WebhookRead.Said)read;
        await database.WriteAsync(
            async write =>
            {
                if (await KeepAsync(write, at, said.EventId, said.Event, headers, body, WebhookState.Waiting, "", later))
                    write.AfterCommit(bell.Ring);
            },
            cancel);
        return StatusCodes.Status200OK;
    }

    /// <summary>Works the oldest call that is due; false when none is.</summary>
    public async Task<bool> WorkNextAsync(CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (!await database.AnyAsync($"SELECT 1 FROM webhooks WHERE state = 'Waiting' AND due_at <= {now} LIMIT 1", cancel))
            return false;
        if (await LeaseAsync() is not { } webhook)
            return false;
        var (result, isDone) = await TryAsync(webhook, cancel);
        await database.WriteAsync(
            async write =>
            {
                var row = await write.Db.Webhooks.SingleAsync(w => w.Id == webhook.Id);
                if (isDone)
                    row.Worked(result, write.Now);
                else
                    row.Stumbled(result, write.Now);
            },
            CancellationToken.None);
        return true;
    }

    /// <summary>False for what was not signed: nothing of it was kept.</summary>
    public Task<bool> AgainAsync(long id, long actorId) => database.WriteAsync(async write =>
    {
        if (await write.Db.Webhooks.SingleOrDefaultAsync(w => w.Id == id) is not { } webhook || !webhook.Again(write.Now))
            return false;
        write.Audit(actorId, "work a call again", $"webhook {id}", webhook.Event);
        write.AfterCommit(bell.Ring);
        return true;
    });

    /// <summary>What was worked long ago, and yesterday's forgeries; says how many rows.</summary>
    public static Task<int> CleanAsync(Write write, TimeSpan kept) => write.RunAsync(
        $"""
        DELETE FROM webhooks WHERE (state = 'Done' AND received_at < {write.Now - kept})
        OR (state = 'Rejected' AND received_at < {write.Now - TimeSpan.FromDays(2)})
        """);

    /// <summary>Whatever breaks is seen by an admin, and keeps nothing else waiting.</summary>
    private async Task<(string Result, bool IsDone)> TryAsync(Webhook webhook, CancellationToken cancel)
    {
        try
        {
            return await WorkAsync(webhook, cancel);
        }
        catch (Exception e) when (e is not (OperationCanceledException or DatabaseUnavailableException))
        {
            Log.Broke(log, webhook.Id, e);
            return ("broke: " + e.GetType().Name, false);
        }
    }

    private async Task<(string Result, bool IsDone)> WorkAsync(Webhook webhook, CancellationToken cancel)
    {
        if (gateways.Find(webhook.Counter) is not { } gateway)
            return ("this gateway is not set up in this mode", false);
        var headers = JsonSerializer.Deserialize<Dictionary<string, string>>(webhook.Headers)!;
        return await gateway.ReadWebhookAsync(headers, webhook.Body) switch
        {
            WebhookRead.Said said => await till.TakeInAsync(gateway, webhook.Counter, said.Facts, cancel),
            WebhookRead.Rejected(var why) => ("now: " + why, false),
            _ => ("", true),
        };
    }

    private Task<Webhook?> LeaseAsync() => database.WriteAsync(async write =>
    {
        await write.HoldAsync("payment inbox");
        var due = await write.Db.Webhooks.Where(w => w.State == WebhookState.Waiting && w.DueAt <= write.Now)
            .OrderBy(w => w.DueAt).ThenBy(w => w.Id).FirstOrDefaultAsync();
        due?.Lease(write.Now + WorkMax);
        return due;
    });

    private static async Task RejectAsync(Write write, Counter at, string why, byte[] body)
    {
        if (await write.Db.Webhooks.CountAsync(w => w.State == WebhookState.Rejected) < RejectedKept)
            await KeepAsync(write, at, "rejected:" + Digest(body), "", new Dictionary<string, string>(), [], WebhookState.Rejected, why, default);
    }

    private static async Task<bool> KeepAsync(
        Write write, Counter at, string eventId, string name, IReadOnlyDictionary<string, string> headers, byte[] body, WebhookState state,
        string result, TimeSpan later) => await write.ExecuteAsync(
        "INSERT INTO webhooks (gateway, mode, event_id, event, headers, body, state, result, attempts, received_at, due_at) "
        + "VALUES (@gateway, @mode, @event, @name, @headers, @body, @state, @result, 0, @at, @due) ON CONFLICT DO NOTHING",
        ("@gateway", at.Gateway), ("@mode", at.Mode.ToString()), ("@event", eventId), ("@name", name), ("@headers", JsonSerializer.Serialize(headers)),
        ("@body", body), ("@state", state.ToString()), ("@result", result), ("@at", InstantConverter.ToMicroseconds(write.Now)),
        ("@due", InstantConverter.ToMicroseconds(write.Now + later))) == 1;

    private static string Digest(byte[] body) => Convert.ToHexStringLower(SHA256.HashData(body));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Call {Call} of a gateway broke its worker; Admin, Money shows it, and it is tried again")]
        public static partial void Broke(ILogger logger, long call, Exception e);
    }
}
