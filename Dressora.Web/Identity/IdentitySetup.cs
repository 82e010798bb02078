using Microsoft.AspNetCore.Identity;

namespace Dressora.Web.Identity;

public static class IdentitySetup
{
    /// <summary>PBKDF2-SHA512; a hash made with fewer rounds is made again at the next sign-in.</summary>
    private const int HashRounds = 220_000;

    public static IServiceCollection AddPeople(this IServiceCollection services)
    {
        services.Configure<PasswordHasherOptions>(options => options.IterationCount = HashRounds);
        services.AddSingleton<IPasswordHasher<AppUser>, PasswordHasher<AppUser>>();
        services.AddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.AddSingleton<Puzzles>();
        return services;
    }
}
