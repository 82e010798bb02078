using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dressora.Tests.House;
using Xunit;

namespace Dressora.Tests.Providers;

/// <summary>
/// Requests as they went out, kept as files beside the tests. With DRESSORA_RECORD=1 a test writes its file instead of
/// comparing; look at the difference before you commit it.
/// </summary>
internal static partial class Recordings
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    internal static void Compare(string path, string body)
    {
        var seen = Inline().Replace(Port().Replace(JsonNode.Parse(body)!.ToJsonString(Readable), "http://simulator/"), "data:…") + "\n";
        var file = Path.Combine(SourceTree.Root, "Dressora.Tests", "Providers", path);
        if (Environment.GetEnvironmentVariable("DRESSORA_RECORD") == "1")
            File.WriteAllText(file, seen);
        Assert.Equal(File.ReadAllText(file), seen);
    }

    internal static string Answer(string path) => SourceTree.ReadText($"Dressora.Tests/Providers/{path}");

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+/")]
    private static partial Regex Port();

    [GeneratedRegex("data:[a-z/]+;base64,[A-Za-z0-9+/=]+")]
    private static partial Regex Inline();
}
