using Dressora.Web.Data;

namespace Dressora.Web.Operations;

public static class OperationsSetup
{
    private const string DataKey = "Data";

    /// <summary>The data folder (<c>--data</c>, else ./data) and what the owner saved in it; the environment wins over both.</summary>
    public static DataFolder UseDataFolder(this WebApplicationBuilder builder)
    {
        var folder = new DataFolder(builder.Configuration[DataKey] ?? "data");
        var sources = builder.Configuration.Sources;
        foreach (var file in new[] { folder.Secrets, folder.Settings })
        {
            var source = new Microsoft.Extensions.Configuration.Json.JsonConfigurationSource { Path = file, Optional = true };
            source.ResolveFileProvider();
            sources.Insert(0, source);
        }

        return folder;
    }

    public static IServiceCollection AddOperations(this IServiceCollection services) => services;
}
