using Dressora.Web.Data;
using Dressora.Web.Providers;

namespace Dressora.Web.Generation;

/// <summary>A job somebody holds for a while, and the model it is with.</summary>
/// <param name="IsFresh">It has just left the queue, so nobody can have been asked yet.</param>
internal sealed record Claim(Job Job, Model Model, bool IsFresh);

/// <summary>
/// The table is the queue. Taking a job is a lease: a holder that dies leaves it due again, and one that wakes too late
/// finds the version gone on.
/// </summary>
internal sealed class Queue(Database database, Makers makers, Endings endings, ProviderCatalog providers)
{
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private const int LooksMax = 50;

    /// <summary>Asked all day at a house where nothing happens, so it opens no write.</summary>
    internal async Task<bool> HasWorkAsync(DateTimeOffset now, CancellationToken cancel) =>
        await database.AnyAsync($"SELECT 1 FROM jobs WHERE state = 'Queued' AND due_at <= {now} LIMIT 1", cancel)
        || await database.AnyAsync(
            $"SELECT 1 FROM jobs WHERE state IN ('Sending', 'Working', 'Previewed', 'Saving') AND due_at <= {now} LIMIT 1", cancel);

    /// <summary>What is out already comes first: somebody has waited for it longer.</summary>
    internal Task<Claim?> TakeAsync(string worker, CancellationToken cancel) => database.WriteAsync(
        async write =>
        {
            await write.HoldAsync("job queue");
            return await TakeDueAsync(write, worker) ?? await TakeNextAsync(write, worker);
        },
        cancel);

    /// <summary>
    /// For a server that has just moved in where nobody else can be: whoever held a job died, and the job is due now.
    /// </summary>
    internal Task TakeOverAsync(CancellationToken cancel) => database.WriteAsync(
        write => write.RunAsync(
            $"UPDATE jobs SET due_at = {write.Now} WHERE worker IS NOT NULL AND due_at > {write.Now} AND state IN ('Sending', 'Working', 'Previewed', 'Saving')"),
        cancel);

    /// <summary>Whoever is still at it says so; for one that was overtaken this changes nothing.</summary>
    internal Task RenewAsync(Claim claim, CancellationToken cancel) => database.WriteAsync(
        write => write.RunAsync(
            $"UPDATE jobs SET due_at = {write.Now + Lease} WHERE id = {claim.Job.Id} AND worker = {claim.Job.Worker} AND due_at > {write.Now}"),
        cancel);

    private static async Task<Claim?> TakeDueAsync(Write write, string worker)
    {
        if (await JobRows.DueAsync(write) is not { } due)
            return null;
        var leased = due.Leased(worker, write.Now + Lease);
        var model = await ModelRows.FindAsync(write, due.ModelId!.Value);
        return await JobRows.SaveAsync(write, due, leased) ? new Claim(leased, model!, IsFresh: false) : null;
    }

    private async Task<Claim?> TakeNextAsync(Write write, string worker)
    {
        for (var look = 0; look < LooksMax && await JobRows.NextAsync(write) is { } next; look++)
        {
            switch (await makers.ChooseAsync(write, next))
            {
                case Makers.Choice.Chosen(var model):
                    var sent = next.Sent(model, worker, write.Now, Lease);
                    return await JobRows.SaveAsync(write, next, sent) ? new Claim(sent, model, IsFresh: true) : null;
                case Makers.Choice.Later(var at):
                    await JobRows.SaveAsync(write, next, next.PutBack(at, nextModel: false));
                    break;
                default:
                    await endings.FailAsync(write, next, FailReason.NoMaker, next.Detail);
                    break;
            }
        }

        return null;
    }

    internal IProvider? ProviderOf(Claim claim) => providers.Find(claim.Model.Provider) is { IsReady: true } provider ? provider : null;
}
