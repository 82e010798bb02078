using Dressora.Web.Data;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;

namespace Dressora.Web.Operations;

/// <summary>The configuration as it stands, before anything is made of it: what a start is checked against.</summary>
public sealed class OpenedHouse
{
    private readonly List<string> _fileFaults = [];

    internal OpenedHouse(WebApplicationBuilder builder, DataFolder folder)
    {
        Builder = builder;
        Folder = folder;
    }

    public WebApplicationBuilder Builder { get; }
    public DataFolder Folder { get; }
    public ConfigurationManager Configuration => Builder.Configuration;

    /// <summary>For a verb, whose own words should not drown in the log.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Files in the data folder that could not be read as settings, in sentences.</summary>
    public IReadOnlyList<string> FileFaults => _fileFaults;

    /// <summary>
    /// Weakest first: defaults, appsettings.json beside the program, settings.json and secrets.json in the data folder,
    /// the environment, the command line.
    /// </summary>
    public static OpenedHouse Open(string[] args, bool quiet = false)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = args,
            ApplicationName = typeof(OpenedHouse).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        var folder = new DataFolder(builder.Configuration[nameof(ServerOptions.Data)] ?? new ServerOptions().Data);
        var house = new OpenedHouse(builder, folder) { IsQuiet = quiet };
        house.AddFolderFiles();
        house.AddAddresses();
        return house;
    }

    private void AddFolderFiles()
    {
        var sources = Configuration.Sources;
        foreach (var file in new[] { Folder.Settings, Folder.Secrets })
        {
            var source = new JsonConfigurationSource { Path = file, Optional = true, OnLoadException = NoteFault };
            source.ResolveFileProvider();
            sources.Insert(IndexOfEnvironment(sources), source);
        }
    }

    /// <summary>Where nobody says otherwise the site's address is where it listens, so that links in letters work.</summary>
    private void AddAddresses()
    {
        var listen = ServerOptions.UrlsWhenUnset(Configuration[nameof(ServerOptions.Port)]);
        var first = (Configuration[nameof(ServerOptions.Urls)] ?? listen).Split(';')[0];
        var defaults = new Dictionary<string, string?> { [nameof(ServerOptions.Urls)] = listen };
        if (Reachable(first) is { } address)
            defaults["Site:Address"] = address;
        Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = defaults,
        });
    }

    /// <summary>The address as a browser on this machine would type it; null when it is none yet.</summary>
    internal static string? Reachable(string url)
    {
        foreach (var everywhere in new[] { "://0.0.0.0", "://[::]", "://*", "://+" })
            url = url.Replace(everywhere, "://localhost", StringComparison.Ordinal);
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri is { Scheme: "http" or "https", Port: > 0 }
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;
    }

    private static int IndexOfEnvironment(IList<IConfigurationSource> sources)
    {
        for (var i = sources.Count - 1; i >= 0; i--)
        {
            if (sources[i] is EnvironmentVariablesConfigurationSource { Prefix: null or "" })
                return i;
        }

        return sources.Count;
    }

    private void NoteFault(FileLoadExceptionContext context)
    {
        context.Ignore = true;
        var why = context.Exception.InnerException?.Message ?? context.Exception.Message;
        var fault = $"{Path.GetFileName(context.Provider.Source.Path)} in the data folder cannot be read: {why}";
        if (!_fileFaults.Contains(fault))
            _fileFaults.Add(fault);
    }
}
