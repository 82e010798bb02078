using Dressora.Web.Shell;

namespace Dressora.Web.Pages.Studio;

/// <summary>A garment that this house lends to whoever has no photo of one at hand. Labels are keys.</summary>
public sealed record Sample(string Id, string Label)
{
    private const string Prefix = "sample-";

    public static IReadOnlyList<Sample> All { get; } =
        [new(Prefix + "coral-coat", "Coral coat"), new(Prefix + "kurta", "Teal kurta"), new(Prefix + "slip-dress", "Orange slip dress")];

    public string Asset => $"images/{Id}.jpg";

    public static Sample? Find(string? id) => All.FirstOrDefault(sample => sample.Id == id);

    public Stream Open(Assets assets) => new MemoryStream(assets.All.First(asset => asset.Name == Asset).Bytes, writable: false);
}
