using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace Dressora.Web.Accounts;

public static class AccountsSetup
{
    private static readonly TimeSpan HalfMax = TimeSpan.FromMinutes(10);

    public static IServiceCollection AddAccounts(
        this IServiceCollection services, DataFolder folder, IConfiguration configuration)
    {
        services.AddOptions<AccountOptions>().BindConfiguration(AccountOptions.Section).ValidateDataAnnotations();
        services.AddOptions<OtherProviderOptions>().BindConfiguration(OtherProviderOptions.Section).ValidateDataAnnotations();
        services.AddDataProtection().SetApplicationName("Dressora").PersistKeysToFileSystem(new DirectoryInfo(folder.Keys));
        services.AddSingleton<Passwords>().AddSingleton<Letters>().AddSingleton<SignUps>().AddSingleton<SignIns>();
        services.AddSingleton<Sessions>().AddSingleton<Recovery>().AddSingleton<Factors>().AddSingleton<Profiles>();
        services.AddSingleton<ApiKeys>().AddSingleton<Departures>().AddSingleton<Staff>().AddSingleton<ForeignLogins>();
        services.AddPasskeys();
        services.AddAuthentication(SessionCookie.Scheme)
            .AddCookie(SessionCookie.Scheme, FillSession)
            .AddCookie(SessionCookie.HalfScheme, FillHalf)
            .AddScheme<AuthenticationSchemeOptions, KeyScheme>(KeyScheme.Name, null)
            .AddForeignProviders(configuration);
        services.AddDoors();
        return services;
    }

    private static void AddPasskeys(this IServiceCollection services)
    {
        services.AddScoped<IUserStore<AppUser>, AccountStore>();
        services.AddIdentityCore<AppUser>(options => options.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddScoped<IPasskeyHandler<AppUser>, PasskeyHandler<AppUser>>();
        services.Configure<IdentityPasskeyOptions>(options =>
        {
            options.UserVerificationRequirement = "required";
            // Nobody types an address before using one, so the key itself must know whose it is.
            options.ResidentKeyRequirement = "required";
        });
        services.AddSingleton<PasskeyMemories>();
        services.AddScoped<Passkeys>();
    }

    private static void AddDoors(this IServiceCollection services)
    {
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, DoorKeeper>();
        var doors = services.AddAuthorizationBuilder();
        foreach (var door in new[] { Doors.Person, Doors.Staff, Doors.Proved })
            doors.AddPolicy(door, policy => policy.RequireAuthenticatedUser().AddRequirements(new DoorRequirement(door)));
        doors.AddPolicy(
            Doors.Program, policy => policy.AddAuthenticationSchemes(KeyScheme.Name, SessionCookie.Scheme).RequireAuthenticatedUser());
    }

    private static void FillSession(CookieAuthenticationOptions options)
    {
        Fill(options, "session", Session.Remembered);
        options.Events.OnValidatePrincipal = SessionCookie.ValidateAsync;
        options.Events.OnRedirectToLogin = context =>
        {
            var back = HttpMethods.IsGet(context.Request.Method) ? context.Request.Path + context.Request.QueryString : "/";
            var path = $"/account/sign-in?returnTo={Uri.EscapeDataString(back)}";
            if (context.Request.IsHtmx())
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
                context.Response.SendPageTo(path);
            }
            else if (context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal))
            {
                context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            }
            else
            {
                context.Response.Redirect(path);
            }

            return Task.CompletedTask;
        };
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    private static void FillHalf(CookieAuthenticationOptions options) => Fill(options, "halfway", HalfMax);

    private static void Fill(CookieAuthenticationOptions options, string name, TimeSpan lifetime)
    {
        options.Cookie.Name = name;
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.CookieManager = new HostCookies();
        options.ExpireTimeSpan = lifetime;
        options.SlidingExpiration = false;
    }
}
