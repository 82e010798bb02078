using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Payments;

/// <summary>What somebody does with a plan they have: let it end with its period, or go on after all.</summary>
public sealed class Plans(Database database, Gateways gateways, Till till)
{
    /// <summary>The one that runs, else the last there was.</summary>
    public async Task<Subscription?> OfAsync(long userId)
    {
        await using var db = database.OpenReader();
        var plans = await db.Subscriptions.Where(s => s.UserId == userId && s.State != SubscriptionState.Waiting)
            .OrderByDescending(s => s.Id).Take(20).ToListAsync();
        return plans.FirstOrDefault(plan => plan.IsRunning && !plan.IsEnding) ?? plans.FirstOrDefault(plan => plan.IsRunning) ?? plans.FirstOrDefault();
    }

    public bool CanResume(Subscription plan) =>
        plan is { IsRunning: true, IsEnding: true } && gateways.Find(new Counter(plan.Gateway, plan.Mode)) is { Traits.CanResume: true };

    /// <summary>False for a plan that is not theirs, or does not run.</summary>
    public Task<bool> CancelAsync(long userId, long id, CancellationToken cancel) => WantAsync(userId, id, Wish.Cancel, cancel);

    public Task<bool> ResumeAsync(long userId, long id, CancellationToken cancel) => WantAsync(userId, id, Wish.Resume, cancel);

    /// <summary>Whoever goes is charged no more: the gateway hears of it from the sweep.</summary>
    internal static async Task FarewellAsync(Write write, long userId)
    {
        foreach (var plan in await write.Db.Subscriptions.Where(s => s.UserId == userId && s.State != SubscriptionState.Ended).ToListAsync())
            plan.Want(Wish.Cancel, write.Now);
        await write.SaveAsync();
    }

    private async Task<bool> WantAsync(long userId, long id, Wish wish, CancellationToken cancel)
    {
        var wanted = await database.WriteAsync(
            async write =>
            {
                var plan = await write.Db.Subscriptions.SingleOrDefaultAsync(s => s.Id == id && s.UserId == userId);
                if (plan is not { IsRunning: true } || (wish == Wish.Resume && !CanResume(plan)))
                    return null;
                plan.Want(wish, write.Now);
                return plan;
            },
            cancel);
        if (wanted is null)
            return false;
        await till.TellAsync(wanted, cancel);
        return true;
    }
}
