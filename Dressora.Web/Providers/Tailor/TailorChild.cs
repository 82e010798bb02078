using System.Text.Json.Serialization;
using Dressora.Web.Pictures;
using Pipe = Dressora.Web.Pictures.Wire;

namespace Dressora.Web.Providers.Tailor;

/// <summary>
/// The other side of the pipe: this program, started by itself for one piece of work. What it took it gives back by ending.
/// </summary>
internal static class TailorChild
{
    internal const string Verb = "tailor";

    /// <summary>Two photos in bare pixels, as large as they are worked on.</summary>
    internal const long BytesMax = 2L * TailorCraft.WidthMax * TailorCraft.HeightMax * 4;

    internal static async Task RunAsync()
    {
        await using var from = Console.OpenStandardInput();
        await using var to = Console.OpenStandardOutput();
        var (order, blobs) = await Pipe.ReadAsync(from, TailorJson.Default.TailorOrder, BytesMax);
        var next = 0;
        Pixels? Take(TailorPixels? size) => size is null ? null : new Pixels(size.Width, size.Height, size.Bands, blobs[next++]);
        var (person, garment) = (Take(order.Person), Take(order.Garment));
        if (person is { IsWhole: false } || garment is { IsWhole: false })
            throw new InvalidDataException("Pixels of another size.");
        var (reply, picture) = TailorCraft.Do(order, person, garment);
        await Pipe.WriteAsync(to, reply, TailorJson.Default.TailorReply, picture is null ? [] : [picture.Bytes]);
    }
}

[JsonSerializable(typeof(TailorOrder))]
[JsonSerializable(typeof(TailorReply))]
internal sealed partial class TailorJson : JsonSerializerContext;
