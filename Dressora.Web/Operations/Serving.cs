using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Operations;

/// <summary>The server: checked, moved in, migrated, opened; and closed in the opposite order.</summary>
internal static class Serving
{
    internal static async Task<int> RunAsync(Start start)
    {
        var house = start.Open();
        var faults = await StartupCheck.FaultsAsync(house, listens: true);
        if (faults.Count > 0)
            return Start.Refuse(faults);
        var urls = house.Configuration[nameof(ServerOptions.Urls)];
        using var hold = Start.MoveIn(house.Folder, $"at {urls}", out var heldBy);
        if (hold is null)
            return Start.Refuse([StartupCheck.Held(house.Folder, heldBy)]);
        await using var app = start.Furnish(house);
        if (await Alone.MigrateAsync(app) is { } fault)
            return Start.Refuse([fault]);
        try
        {
            await app.StartAsync();
        }
        catch (IOException e)
        {
            return Start.Refuse([$"{urls} cannot be listened at: {e.Message}"]);
        }

        await WelcomeAsync(app, house);
        using (new Rest(app.Services.GetRequiredService<TimeProvider>()))
            await app.WaitForShutdownAsync();
        return Exit.Done;
    }

    private static async Task WelcomeAsync(WebApplication app, OpenedHouse house)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        var here = OpenedHouse.Reachable(bound ?? "") ?? "http://localhost";
        Console.WriteLine($"\n  Dressora is open at {here}\n  Everything is kept in {house.Folder.Root}");
        foreach (var missing in Equipment.Missing())
            Console.WriteLine($"  Missing for {missing}");
        var key = app.Services.GetRequiredService<SetupKey>();
        if (await app.Services.GetRequiredService<Staff>().HasOwnerAsync())
        {
            key.Spend();
            Console.WriteLine();
            return;
        }

        var named = GivenValue.All(house.Configuration).Any(given =>
            given.Source != SettingSource.Default && given.Key.Equals("Site:Address", StringComparison.OrdinalIgnoreCase));
        var site = app.Services.GetRequiredService<IOptionsMonitor<SiteOptions>>().CurrentValue;
        var address = named ? site.At(SetupKey.Path) : new Uri(new Uri(here), SetupKey.Path);
        Console.WriteLine($"  Nobody lives here yet. Set it up, once, with this link:\n\n    {address}?key={key.Ensure()}\n");
    }
}
