using Dressora.Web.Accounts;
using Dressora.Web.Api;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Identity;
using Dressora.Web.Ledger;
using Dressora.Web.Media;
using Dressora.Web.Moderation;
using Dressora.Web.Notices;
using Dressora.Web.Operations;
using Dressora.Web.Outbound;
using Dressora.Web.Payments;
using Dressora.Web.Pictures;
using Dressora.Web.Providers;
using Dressora.Web.Shell;
using Dressora.Web.Tools;

namespace Dressora.Web;

/// <summary>Plugs the floors in.</summary>
public static class Program
{
    public static Task<int> Main(string[] args) => Start.RunAsync(args, house => Furnish(house));

    /// <summary>The whole site, not yet started; tests change its services before it is built.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null) =>
        Furnish(OpenedHouse.Open(args), adjust);

    private static WebApplication Furnish(OpenedHouse house, Action<WebApplicationBuilder>? adjust = null)
    {
        var builder = house.Builder;
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddShell();
        builder.Services.AddData(house.Folder, builder.Configuration);
        builder.Services.AddPeople();
        builder.Services.AddNotices();
        builder.Services.AddAccounts(house.Folder, builder.Configuration);
        builder.Services.AddProviders(house.Folder);
        builder.Services.AddPictures();
        builder.Services.AddOutbound();
        builder.Services.AddModeration();
        builder.Services.AddMedia(house.Folder);
        // Who goes takes leave of their jobs first: what these give back is then given up with the rest.
        builder.Services.AddGeneration();
        builder.Services.AddPayments();
        builder.Services.AddLedger();
        builder.Services.AddTools();
        builder.Services.AddApi();
        builder.AddOperations(house);
        adjust?.Invoke(builder);

        var app = builder.Build();
        app.UseOperations();
        app.UseShell();
        app.MapGeneration();
        app.MapPayments();
        app.MapApi();
        return app;
    }
}
