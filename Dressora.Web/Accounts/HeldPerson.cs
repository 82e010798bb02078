using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

/// <summary>A person that no other write can change until this one ends: what is read here is still so when it is decided on.</summary>
internal static class HeldPerson
{
    internal static async Task<AppUser?> FindAsync(Write write, long userId)
    {
        await write.HoldAsync($"person {userId}");
        return await write.Db.Users.SingleOrDefaultAsync(user => user.Id == userId);
    }

    internal static async Task<AppUser> OfAsync(Write write, long userId) =>
        await FindAsync(write, userId) ?? throw new InvalidOperationException($"There is no person {userId}.");

    /// <summary>Holds the address too: while nobody has it, nobody else gets it.</summary>
    internal static async Task<AppUser?> ByAddressAsync(Write write, Address address)
    {
        await write.HoldAsync($"address {address.Normalized}");
        var ids = await write.Db.Users.Where(user => user.NormalizedEmail == address.Normalized).Select(user => user.Id).ToListAsync();
        if (ids is not [var id])
            return null;
        return await FindAsync(write, id) is { } person && person.NormalizedEmail == address.Normalized ? person : null;
    }
}
