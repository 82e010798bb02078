using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Identity;
using Dressora.Web.Notices;
using Dressora.Web.Operations;
using Dressora.Web.Shell;

namespace Dressora.Web;

/// <summary>Plugs the floors in.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        await using var app = Build(args);
        app.Services.GetRequiredService<DataFolder>().Create();
        await app.Services.GetRequiredService<Migrator>().MigrateAsync();
        await app.RunAsync();
        return 0;
    }

    /// <summary>The whole site, not yet started; tests change its services before it is built.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(Program).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        var folder = builder.UseDataFolder();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddShell();
        builder.Services.AddData(folder, builder.Configuration);
        builder.Services.AddPeople();
        builder.Services.AddNotices();
        builder.Services.AddAccounts(folder, builder.Configuration);
        builder.Services.AddOperations();
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseShell();
        return app;
    }
}
