using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;

namespace Dressora.Web.Shell;

/// <summary>
/// The files in wwwroot: embedded in the program, served from memory under names that change with content.
/// </summary>
public sealed class Assets
{
    public const string Folder = "/assets/";
    private const string Embedded = "wwwroot/";
    private const string ManifestName = "manifest.webmanifest";

    private readonly FrozenDictionary<string, Asset> _byName;
    private readonly FrozenDictionary<string, Asset> _byAddress;

    public Assets(IOptions<SiteOptions> site)
    {
        var files = Read(typeof(Assets).Assembly).ToDictionary(asset => asset.Name, StringComparer.Ordinal);
        if (files.TryGetValue(ManifestName, out var manifest))
            files[ManifestName] = new Asset(ManifestName, Linked(manifest.Bytes, site.Value.Name, files));
        files["robots.txt"] = new Asset("robots.txt", RobotsText());
        _byName = files.ToFrozenDictionary(StringComparer.Ordinal);
        var addresses = files.Values.ToDictionary(asset => asset.Address, StringComparer.Ordinal);
        foreach (var (address, name) in WellKnown)
        {
            if (files.TryGetValue(name, out var asset))
                addresses[address] = asset;
        }

        _byAddress = addresses.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>The addresses that browsers and robots ask for by themselves.</summary>
    private static IReadOnlyDictionary<string, string> WellKnown { get; } = new Dictionary<string, string>
    {
        ["/favicon.ico"] = "images/mark.svg",
        ["/apple-touch-icon.png"] = "images/apple-touch-icon.png",
        ["/manifest.webmanifest"] = ManifestName,
        ["/robots.txt"] = "robots.txt",
    };

    /// <summary>The address of a file, as in <c>Assets["images/mila.svg"]</c>.</summary>
    public string this[string name] => _byName.TryGetValue(name, out var asset)
        ? asset.Address
        : throw new KeyNotFoundException($"wwwroot has no {name}.");

    public IEnumerable<Asset> All => _byName.Values;

    /// <summary>
    /// What is served there. A stale hash, from a page of another version, finds the file of this one.
    /// </summary>
    public Asset? At(string path, out bool exact)
    {
        exact = _byAddress.TryGetValue(path, out var asset);
        return exact ? asset : _byName.GetValueOrDefault(NameIn(path));
    }

    private static string NameIn(string path)
    {
        if (!path.StartsWith(Folder, StringComparison.Ordinal))
            return "";
        var extension = Path.GetExtension(path);
        var stem = path[Folder.Length..^extension.Length];
        var dot = stem.LastIndexOf('.');
        return dot < 0 ? "" : stem[..dot] + extension;
    }

    private static IEnumerable<Asset> Read(Assembly assembly)
    {
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            var name = resource.Replace('\\', '/');
            if (!name.StartsWith(Embedded, StringComparison.Ordinal))
                continue;
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            yield return new Asset(name[Embedded.Length..], bytes);
        }
    }

    private static byte[] Linked(byte[] manifest, string siteName, Dictionary<string, Asset> files)
    {
        var root = JsonNode.Parse(manifest)!.AsObject();
        root["name"] = siteName;
        root["short_name"] = siteName;
        foreach (var icon in root["icons"]!.AsArray())
            icon!["src"] = files[icon["src"]!.GetValue<string>().TrimStart('/')].Address;
        return System.Text.Encoding.UTF8.GetBytes(root.ToJsonString());
    }

    private static byte[] RobotsText() => """
        User-agent: *
        Disallow: /account
        Disallow: /admin
        Disallow: /api
        Disallow: /setup

        """u8.ToArray();
}
