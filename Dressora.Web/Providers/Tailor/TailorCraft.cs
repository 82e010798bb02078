using Dressora.Web.Pictures;

namespace Dressora.Web.Providers.Tailor;

/// <summary>What the tailor is to do: look at one photo or two, or dress one in the other.</summary>
internal sealed record TailorOrder(string Models, int Threads, TailorPixels? Person, TailorPixels? Garment, bool Fits);

/// <summary>The size of pixels that come along.</summary>
internal sealed record TailorPixels(int Width, int Height, int Bands);

/// <summary>What came of it; the picture is as large as the person's.</summary>
internal sealed record TailorReply(PhotoFault? PersonFault, PhotoFault? GarmentFault, TailorPixels? Picture);

/// <summary>The whole way of a fitting: parse, find the joints, cut, fit, compose.</summary>
internal static class TailorCraft
{
    /// <summary>The box that photos are brought into: more would be seen by nobody, and take longer.</summary>
    internal const int WidthMax = 900;
    internal const int HeightMax = 1_200;

    internal static (TailorReply Reply, Pixels? Picture) Do(TailorOrder order, Pixels? person, Pixels? garment)
    {
        var files = new ModelFiles(order.Models);
        var parser = files.OpenParser();
        var (figure, personFault) = person is null ? (null, null) : Measure(Picture.Of(person), parser, files, order.Threads);
        var (cut, garmentFault) = garment is null ? (null, null) : Cut(Picture.Of(garment), parser, order.Threads);
        if (!order.Fits || figure is null || cut is null)
            return (new TailorReply(personFault, garmentFault, null), null);
        var fitter = new Fitter(cut, figure);
        var picture = PreviewMark.On(new Composer(cut, figure, fitter).Compose()).Pixels();
        return (new TailorReply(null, null, new TailorPixels(picture.Width, picture.Height, picture.Bands)), picture);
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
