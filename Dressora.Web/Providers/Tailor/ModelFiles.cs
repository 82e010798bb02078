using System.Security.Cryptography;

namespace Dressora.Web.Providers.Tailor;

/// <summary>The two models that the tailor sees with: files that anybody can fetch, told by their fingerprints.</summary>
internal sealed class ModelFiles(string folder)
{
    private static readonly ModelFile Parser = new(
        "selfie_multiclass_256x256.tflite", 16_371_837, "c6748b1253a99067ef71f7e26ca71096cd449baefa8f101900ea23016507e0e0");

    private static readonly ModelFile Joints = new(
        "pose_landmark_lite.tflite", 2_819_824, "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61");

    /// <summary>Whether both lie there; that they are what they should be is seen when they are opened.</summary>
    internal bool AreThere => new[] { Parser, Joints }.All(file => new FileInfo(PathOf(file)) is { Exists: true } found && found.Length == file.Bytes);

    internal string Folder => folder;

    internal BodyParser OpenParser() => new(new Network(GraphFile.Read(Read(Parser)), _ => true));

    internal PoseFinder OpenPoseFinder() => new(new Network(GraphFile.Read(Read(Joints)), length => length is 1 or PoseFinder.Points * PoseFinder.PointNumbers));

    private byte[] Read(ModelFile file)
    {
        var bytes = File.ReadAllBytes(PathOf(file));
        return Convert.ToHexStringLower(SHA256.HashData(bytes)) == file.Sha256
            ? bytes
            : throw new InvalidDataException($"{file.Name} is not the file that it should be.");
    }

    private string PathOf(ModelFile file) => Path.Combine(folder, file.Name);

    private sealed record ModelFile(string Name, long Bytes, string Sha256);
}
