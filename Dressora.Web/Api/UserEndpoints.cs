using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Api;

/// <summary>Who the key speaks for, what they have and what they made.</summary>
public static class UserEndpoints
{
    private const int PageSize = 50;

    public static void MapUsers(this IEndpointRouteBuilder app)
    {
        var users = app.MapGroup("/api/users").RequireAuthorization(Doors.Program).WithTags("Users");
        users.MapGet("/me", MeAsync).Produces<Me>();
        users.MapGet("/{id:long}/credits", CreditsAsync).Produces<Credits>();
        users.MapGet("/{id:long}/history", HistoryAsync).Produces<Page>();
    }

    private static async Task<IResult> MeAsync(HttpContext context, DressoraDb db)
    {
        var caller = context.Caller();
        var me = await db.Users.Where(user => user.Id == caller.UserId)
            .Select(user => new Me(user.Id, user.Name, user.Email!, user.Language, user.TimeZone)).SingleAsync();
        return Results.Ok(me);
    }

    private static async Task<IResult> CreditsAsync(HttpContext context, DressoraDb db, long id, Balances balances, Allowances allowances)
    {
        var caller = context.Caller();
        if (caller.UserId != id)
            return Results.NotFound();
        if (!caller.May(KeyScopes.Credits))
            return Problems.NotInScope("Credits");
        var zone = await db.Users.Where(user => user.Id == id).Select(user => user.TimeZone).SingleAsync();
        await allowances.TryEnsureAsync(id, zone);
        var balance = await balances.OfAsync(id, zone);
        return Results.Ok(new Credits(balance.Available, balance.Held, balance.Debt));
    }

    private static async Task<IResult> HistoryAsync(HttpContext context, DressoraDb db, long id, long? before)
    {
        var caller = context.Caller();
        if (caller.UserId != id)
            return Results.NotFound();
        if (!caller.May(KeyScopes.History))
            return Problems.NotInScope("History");
        var page = await db.Results.Where(result => result.UserId == id && result.State == ResultState.Kept && (before == null || result.Id < before))
            .OrderByDescending(result => result.Id).Take(PageSize)
            .Select(result => new Made(result.Id, result.JobId, "/media/" + result.MediaId, result.MadeAt, result.IsPinned))
            .ToListAsync(context.RequestAborted);
        return Results.Ok(new Page(page, page.Count == PageSize ? page[^1].Id : null));
    }

    internal sealed record Me(long Id, string Name, string Email, string Language, string TimeZone);

    internal sealed record Credits(long Available, long Held, long Debt);

    internal sealed record Made(long Id, string JobId, string Address, DateTimeOffset MadeAt, bool Pinned);

    internal sealed record Page(IReadOnlyList<Made> Results, long? Before);
}
