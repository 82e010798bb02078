using Dressora.Web.Data;
using Dressora.Web.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace Dressora.Web.Accounts;

/// <summary>Where ASP.NET Identity keeps passkeys; its saves take their turn as everybody's.</summary>
internal sealed class AccountStore(Database database)
    : UserOnlyStore<AppUser, DressoraDb, long>(database.OpenForIdentity());
