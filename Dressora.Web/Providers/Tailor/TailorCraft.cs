using System.Diagnostics;
using Dressora.Web.Pictures;

namespace Dressora.Web.Providers.Tailor;

/// <summary>What the tailor is to do: look at one photo or two, or dress one in the other.</summary>
internal sealed record TailorOrder(string Models, int Threads, TailorPixels? Person, TailorPixels? Garment, bool Fits);

/// <summary>The size of pixels that come along.</summary>
internal sealed record TailorPixels(int Width, int Height, int Bands);

/// <summary>What came of it; the picture is as large as the person's.</summary>
internal sealed record TailorReply(PhotoFault? PersonFault, PhotoFault? GarmentFault, TailorPixels? Picture, IReadOnlyList<long> Milliseconds);

/// <summary>The whole way of a fitting: parse, find the joints, cut, fit, compose.</summary>
internal static class TailorCraft
{
    /// <summary>The box that photos are brought into: more would be seen by nobody, and take longer.</summary>
    internal const int WidthMax = 900;
    internal const int HeightMax = 1_200;

    internal static (TailorReply Reply, Pixels? Picture) Do(TailorOrder order, Pixels? person, Pixels? garment)
    {
        var (files, times, clock) = (new ModelFiles(order.Models), new List<long>(), Stopwatch.StartNew());
        void Step()
        {
            times.Add(clock.ElapsedMilliseconds);
            clock.Restart();
        }

        var parser = files.OpenParser();
        Step();
        var (figure, personFault) = person is null ? (null, null) : Measure(Picture.Of(person), parser, files, order.Threads);
        Step();
        var (cut, garmentFault) = garment is null ? (null, null) : Cut(Picture.Of(garment), parser, order.Threads);
        Step();
        if (!order.Fits || figure is null || cut is null)
            return (new TailorReply(personFault, garmentFault, null, times), null);
        var fitter = new Fitter(cut, figure);
        Step();
        var picture = PreviewMark.On(new Composer(cut, figure, fitter).Compose()).Pixels();
        Step();
        return (new TailorReply(null, null, new TailorPixels(picture.Width, picture.Height, picture.Bands), times), picture);
    }

    private static (Figure? Figure, PhotoFault? Fault) Measure(Picture photo, BodyParser parser, ModelFiles files, int threads)
    {
        var body = parser.Parse(photo, threads);
        if (body.Person.Values.Count(share => share > 0.5f) < photo.Places.Length / 100)
            return (null, PhotoFault.NoPerson);
        if (Gates.OfFigure(body) is { } fault)
            return (null, fault);
        var pose = files.OpenPoseFinder().Find(photo, body.Person, threads);
        return Gates.OfPose(pose) is { } other ? (null, other) : (new Figure(photo, body, pose), null);
    }

    private static (Garment? Garment, PhotoFault? Fault) Cut(Picture photo, BodyParser parser, int threads) =>
        Gates.OfGarment(parser.Rough(photo, threads)) is { } fault ? (null, fault) : GarmentCutter.Cut(photo);
}
