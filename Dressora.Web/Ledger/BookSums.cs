using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Ledger;

/// <summary>All credits of the house at one instant; allowances are counted in uses and stay out.</summary>
public sealed record Book(long Granted, long Remaining, long Held, long Settled, long Expired, long Revoked);

public sealed class BookSums(Database database)
{
    public async Task<Book> ReadAsync(CancellationToken cancel)
    {
        await using var db = database.OpenReader();
        return await db.CreditGrants.Where(grant => grant.Scope == Scopes.Any).GroupBy(_ => 1)
            .Select(all => new Book(
                all.Sum(g => g.Issued), all.Sum(g => g.Available), all.Sum(g => g.Held), all.Sum(g => g.Spent), all.Sum(g => g.Expired),
                all.Sum(g => g.Revoked)))
            .SingleOrDefaultAsync(cancel) ?? new Book(0, 0, 0, 0, 0, 0);
    }
}
