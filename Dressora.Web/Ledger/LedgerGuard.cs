using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Ledger;

/// <summary>Stops every movement of credits while a fault of the books is open; reading goes on.</summary>
public sealed class LedgerGuard(Database database, TimeProvider clock)
{
    /// <summary>Another node's finding is noticed within this time.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private long? _lookedAt;
    private bool _isStopped;

    /// <summary>Throws when the books are closed.</summary>
    internal async Task PassAsync(Write write)
    {
        if (IsFresh())
        {
            Refuse(_isStopped);
            return;
        }

        var open = await write.NumberAsync("SELECT count(*) FROM credit_faults WHERE cleared_at IS NULL");
        Remember(open > 0);
        Refuse(_isStopped);
    }

    public async Task<LedgerFault?> OpenFaultAsync()
    {
        await using var db = database.OpenReader();
        return await db.CreditFaults.Where(fault => fault.ClearedAt == null).OrderBy(fault => fault.Id).FirstOrDefaultAsync();
    }

    public Task StopAsync(string what) => database.WriteAsync(async write =>
    {
        await write.HoldAsync("ledger fault");
        if (!await write.Db.CreditFaults.AnyAsync(fault => fault.ClearedAt == null))
            write.Db.CreditFaults.Add(new LedgerFault(what, write.Now));
        write.AfterCommit(() => Remember(true));
    });

    /// <summary>The owner has looked into it and says that the books go on.</summary>
    public Task ClearAsync(long actorId, string reason) => database.WriteAsync(async write =>
    {
        await write.HoldAsync("ledger fault");
        var open = await write.Db.CreditFaults.Where(fault => fault.ClearedAt == null).ToListAsync();
        foreach (var fault in open)
            fault.Clear(actorId, write.Now);
        write.AfterCommit(() => Remember(false));
        if (open.Count == 0)
            return;
        write.Audit(actorId, "open the books", "ledger", reason);
    });

    private bool IsFresh()
    {
        lock (_lock)
            return _lookedAt is { } at && clock.GetElapsedTime(at) < Look;
    }

    private void Remember(bool isStopped)
    {
        lock (_lock)
            (_isStopped, _lookedAt) = (isStopped, clock.GetTimestamp());
    }

    private static void Refuse(bool isStopped)
    {
        if (isStopped)
            throw new DatabaseUnavailableException(Unavailable.Damaged);
    }
}
