using System.Collections.Concurrent;
using Dressora.Web.Pictures;

namespace Dressora.Web.Providers.Tailor;

/// <summary>Looks at a photo before anything is paid, and remembers what it saw of the last ones.</summary>
internal sealed class TailorEyes(TailorBench bench, Darkroom darkroom) : PhotoJudge
{
    private const int RememberedMax = 2_000;
    private readonly ConcurrentDictionary<(string Key, bool IsGarment), string?> _seen = [];

    public override bool IsReady => bench.IsReady;

    public override async Task<string?> JudgeAsync(string key, bool isGarment, Func<Task<ReadOnlyMemory<byte>>> read, CancellationToken cancel)
    {
        if (_seen.TryGetValue((key, isGarment), out var known))
            return known;
        if (await ExposeAsync(darkroom, await read(), cancel) is not { } pixels)
            return null;
        var work = await bench.WorkAsync(isGarment ? null : pixels, isGarment ? pixels : null, fits: false, cancel);
        // Whoever could not look says nothing against a photo.
        if (work.Reply is not { } reply)
            return null;
        var words = (reply.PersonFault ?? reply.GarmentFault) is { } fault ? FaultWords.Of(fault) : null;
        if (_seen.Count > RememberedMax)
            _seen.Clear();
        _seen[(key, isGarment)] = words;
        return words;
    }

    internal static async Task<Pixels?> ExposeAsync(Darkroom darkroom, ReadOnlyMemory<byte> bytes, CancellationToken cancel) =>
        await darkroom.ExposeAsync(PictureSource.Of(bytes), TailorCraft.WidthMax, TailorCraft.HeightMax, cancel) is Exposed.Picture seen ? seen.Pixels : null;
}

/// <summary>A rule that a photo failed, as a sentence that says what to do.</summary>
internal static class FaultWords
{
    internal static string Of(PhotoFault fault) => fault switch
    {
        PhotoFault.NoPerson => "We could not find a person in this photo. The quick preview needs one, standing and facing the camera.",
        PhotoFault.SeveralPeople => "There are several people in this photo. Use one of you alone.",
        PhotoFault.NoFace => "Show your face: the quick preview needs to see you from the front.",
        PhotoFault.NotFacing => "Stand facing the camera: in this photo you are turned or seated.",
        PhotoFault.NotStanding => "Show yourself to mid-thigh, standing.",
        PhotoFault.ArmsUp => "Lower your arms: in this photo they hide how a top would hang.",
        PhotoFault.WornGarment => "Use a photo of the garment alone: in this one somebody wears it.",
        PhotoFault.BusyGround => "Use a plain background, please: lay the garment on one colour.",
        _ => "We could not read this garment. Lay it flat, seen from the front, sleeves apart from the body.",
    };
}
