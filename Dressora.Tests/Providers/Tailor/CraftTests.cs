using System.Numerics;
using Dressora.Web.Providers.Tailor;
using Xunit;

namespace Dressora.Tests.Providers.Tailor;

/// <summary>Each step of a fitting alone, on small drawings.</summary>
public sealed class CraftTests
{
    [Fact]
    public void A_garment_is_cut_from_plain_paper_and_measured()
    {
        var (garment, fault) = GarmentCutter.Cut(Flat.TShirt());

        Assert.Null(fault);
        Assert.True(garment!.HasSleeves);
        Assert.InRange(garment.Rows.Axis, 197, 203);
        Assert.InRange(garment.Rows.Hem, 405, 425);
        Assert.InRange(garment.Rows.Armpit, 135, 175);
        Assert.InRange(garment.LeftTip.X, 115, 135);
        Assert.Equal(1, garment.Cover.Near(200, 300));
        Assert.Equal(0, garment.Cover.Near(20, 20));
    }

    [Fact]
    public void A_garment_on_a_busy_ground_is_refused()
    {
        var photo = Flat.TShirt();
        var random = new Random(1);
        for (var i = 0; i < photo.Places.Length; i++)
            photo.Places[i] = photo.Places[i] == Flat.Paper ? new Vector3(random.Next(120, 255)) : photo.Places[i];

        Assert.Equal(PhotoFault.BusyGround, GarmentCutter.Cut(photo).Fault);
    }

    [Fact]
    public void Paper_without_a_garment_is_refused() =>
        Assert.Equal(PhotoFault.UnclearGarment, GarmentCutter.Cut(new Picture(400, 400)).Fault);

    [Fact]
    public void A_net_of_cloth_goes_where_it_is_pinned_and_bends_evenly_between()
    {
        Pin[] pins = [new(new(10, 10), new(110, 20), 4), new(new(90, 10), new(190, 20), 4), new(new(10, 90), new(110, 180), 4), new(new(90, 90), new(190, 180), 4)];
        var cloth = new Cloth(Vector2.Zero, new Vector2(100), pins, from => from + new Vector2(100, 50));

        Assert.InRange(Vector2.Distance(cloth.To(new(10, 10)), new(110, 20)), 0, 1.5f);
        Assert.InRange(Vector2.Distance(cloth.To(new(50, 50)), new(150, 100)), 0, 2);
    }

    [Fact]
    public void What_is_missing_is_filled_from_around_it()
    {
        var picture = new Picture(64, 64, [.. Enumerable.Repeat(new Vector3(200, 100, 50), 64 * 64)]);
        var known = new Field(64, 64, [.. Enumerable.Repeat(1f, 64 * 64)]);
        for (var i = 0; i < 400; i++)
        {
            picture.Places[1_300 + i] = Vector3.Zero;
            known.Values[1_300 + i] = 0;
        }

        Assert.All(Filling.Fill(picture, known).Places, place => Assert.InRange(Vector3.Distance(place, new(200, 100, 50)), 0, 0.5f));
    }

    [Fact]
    public void A_blur_keeps_the_sum_and_an_even_field_as_it_is()
    {
        var field = new Field(40, 30, [.. Enumerable.Repeat(3f, 1_200)]);

        Assert.All(Softness.Blur(field, 4).Values, value => Assert.InRange(value, 2.999f, 3.001f));
    }

    [Fact]
    public void Pieces_are_told_apart()
    {
        var mask = new bool[100];
        foreach (var place in new[] { 0, 1, 2, 55, 56, 65, 66, 67 })
            mask[place] = true;

        Assert.Equal([5, 3], Shapes.Sizes(mask, 10));
        Assert.Equal(5, Shapes.Largest(mask, 10).Count(isIn => isIn));
    }

    [Theory]
    [InlineData(0, 0, 0, null)]
    [InlineData(0.3f, 0, 0, "NoPerson")]
    [InlineData(0, 60, 0, "NotFacing")]
    [InlineData(0, 0, -260, "ArmsUp")]
    public void A_pose_that_cannot_be_dressed_is_refused(float doubt, float narrower, float wrists, string? expected)
    {
        var points = new Vector2[39];
        (points[11], points[12]) = (new(400 - narrower, 200), new(240 + narrower, 200));
        (points[13], points[14]) = (new(420, 320), new(220, 320));
        (points[15], points[16]) = (new(430, 440 + wrists), new(210, 440 + wrists));
        (points[23], points[24]) = (new(370, 450), new(270, 450));
        (points[25], points[26]) = (new(370, 640), new(270, 640));

        Assert.Equal(expected, Gates.OfPose(new Pose(1 - doubt, points))?.ToString());
    }

    [Fact]
    public void Somebody_who_sits_or_is_cut_off_is_refused()
    {
        var points = new Vector2[39];
        (points[11], points[12], points[23], points[24]) = (new(400, 200), new(240, 200), new(370, 450), new(270, 450));
        (points[13], points[14], points[15], points[16]) = (new(420, 320), new(220, 320), new(430, 440), new(210, 440));
        (points[25], points[26]) = (new(370, 500), new(270, 500));

        Assert.Equal(PhotoFault.NotStanding, Gates.OfPose(new Pose(1, points)));
    }

    [Fact]
    public void The_preview_is_marked_in_its_corner()
    {
        var bare = new Picture(380, 400);

        var marked = PreviewMark.On(bare);

        Assert.NotEqual(bare.Places, marked.Places);
        Assert.Equal(bare.Places[..(380 * 300)], marked.Places[..(380 * 300)]);
    }
}
