using System.Text;
using Dressora.Tests.Harness;
using Dressora.Web.Pictures;
using Xunit;

namespace Dressora.Tests.Pictures;

public sealed class DarkroomTests(WithDarkroom with) : IClassFixture<WithDarkroom>
{
    private static readonly Print Large = new(PictureKind.Jpeg, 90);

    private Darkroom Darkroom => with.Darkroom;

    [Theory]
    [InlineData("jpeg", SourceKind.Jpeg)]
    [InlineData("progressive", SourceKind.Jpeg)]
    [InlineData("png", SourceKind.Png)]
    [InlineData("webp", SourceKind.Webp)]
    [InlineData("lossless", SourceKind.Webp)]
    [InlineData("heic", SourceKind.Heic)]
    [InlineData("avif", SourceKind.Avif)]
    public async Task Every_kind_that_is_taken_is_printed_in_every_kind_and_width_asked_for(string made, SourceKind kind)
    {
        Print[] asked =
        [
            new(PictureKind.Webp, 80, 160), Large, new(PictureKind.Avif, 50, 320), new(PictureKind.Jpeg, 80, 64), new(PictureKind.Webp, 80, 5_000),
        ];

        var picture = await PictureAsync(Scene.Of(made, Scene.Photo(600, 400)), asked);

        Assert.Equal((kind, 600, 400), (picture.Kind, picture.Width, picture.Height));
        Assert.Equal([(160, 107), (600, 400), (320, 213), (64, 43), (600, 400)], picture.Prints.Select(print => (print.Width, print.Height)));
        Assert.Equal(asked, picture.Prints.Select(print => print.Asked));
        Assert.Equal(["image/webp", "image/jpeg", "image/avif", "image/jpeg", "image/webp"], picture.Prints.Select(print => print.MediaType));
        foreach (var print in picture.Prints)
        {
            var again = await PictureAsync(print.Bytes);
            Assert.Equal((print.Width, print.Height), (again.Width, again.Height));
            Assert.Empty(Remains.Of(print.Bytes));
        }
    }

    [Theory]
    [InlineData(1, 60, 40, "red", "green")]
    [InlineData(2, 60, 40, "green", "red")]
    [InlineData(3, 60, 40, "white", "blue")]
    [InlineData(4, 60, 40, "blue", "white")]
    [InlineData(5, 40, 60, "red", "blue")]
    [InlineData(6, 40, 60, "blue", "red")]
    [InlineData(7, 40, 60, "white", "green")]
    [InlineData(8, 40, 60, "green", "white")]
    public async Task A_picture_is_put_upright(int orientation, int width, int height, string left, string right)
    {
        var file = Scene.WithExif(Scene.Jpeg(Scene.Corners(60, 40)), orientation);

        var picture = await PictureAsync(file, Large);

        Assert.Equal((width, height), (picture.Width, picture.Height));
        foreach (var source in new[] { file, picture.Prints[0].Bytes })
        {
            var pixels = Assert.IsType<Exposed.Picture>(await Darkroom.ExposeAsync(PictureSource.Of(source), 100, 100)).Pixels;
            Assert.Equal((width, height, 3), (pixels.Width, pixels.Height, pixels.Bands));
            Assert.Equal((left, right), (Colour(pixels, 4, 4), Colour(pixels, width - 5, 4)));
        }
    }

    [Fact]
    public async Task Nothing_of_where_when_and_with_what_is_left_nor_the_small_picture_of_what_was_cut_away()
    {
        var whole = Scene.Jpeg(Scene.Corners(64, 48));
        var file = Scene.WithExif(Scene.Jpeg(Scene.Photo(300, 200)), 1, thumbnail: whole);
        file = Scene.With(file, 0xE1, [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>Canary"u8]);
        file = Scene.With(file, 0xED, [.. "Photoshop 3.0\08BIM Canary"u8]);
        Assert.Contains(Exif.Maker, Encoding.Latin1.GetString(file), StringComparison.Ordinal);

        var picture = await PictureAsync(file, Large, new(PictureKind.Webp, 80), new(PictureKind.Avif, 50), new(PictureKind.Webp, 80, 50));

        foreach (var print in picture.Prints)
        {
            Assert.Empty(Remains.Of(print.Bytes));
            Assert.DoesNotContain("Canary", Encoding.Latin1.GetString(print.Bytes), StringComparison.Ordinal);
            Assert.Equal(-1, print.Bytes.AsSpan().IndexOf(whole.AsSpan(whole.Length / 2, 16)));
        }
    }

    [Fact]
    public async Task A_probe_reads_the_head_and_prints_nothing()
    {
        var probed = await Darkroom.ProbeAsync(PictureSource.Of(Scene.WithExif(Scene.Jpeg(Scene.Photo(90, 60)), 6)));

        var picture = Assert.IsType<Developed.Picture>(probed);
        Assert.Equal((SourceKind.Jpeg, 60, 90), (picture.Kind, picture.Width, picture.Height));
        Assert.Empty(picture.Prints);
    }

    [Fact]
    public async Task A_file_is_read_where_it_lies()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllBytesAsync(folder["x"], Scene.Jpeg(Scene.Photo(90, 60)));
        await File.WriteAllBytesAsync(folder["empty"], []);

        var developed = await Darkroom.DevelopAsync(PictureSource.At(folder["x"]), [Large]);

        Assert.Equal(90, Assert.IsType<Developed.Picture>(developed).Prints[0].Width);
        Assert.Equal(new Developed.Refused(PictureFault.Empty), await Darkroom.DevelopAsync(PictureSource.At(folder["empty"]), [Large]));
        await Assert.ThrowsAsync<FileNotFoundException>(() => Darkroom.ProbeAsync(PictureSource.At(folder["none"])));
    }

    [Fact]
    public async Task Pixels_of_our_own_are_printed_and_come_back()
    {
        var corners = Scene.Corners(60, 40);

        var done = Assert.IsType<Fixed.Done>(await Darkroom.FixAsync(corners, [new(PictureKind.Webp, 90), new(PictureKind.Jpeg, 90, 30)]));

        Assert.Equal([(60, 40), (30, 20)], done.Prints.Select(print => (print.Width, print.Height)));
        var back = Assert.IsType<Exposed.Picture>(await Darkroom.ExposeAsync(PictureSource.Of(done.Prints[0].Bytes), 60, 60)).Pixels;
        Assert.Equal(("red", "green"), (Colour(back, 4, 4), Colour(back, 55, 4)));
    }

    [Fact]
    public async Task What_is_seen_through_stays_so_in_WebP_and_is_white_in_JPEG()
    {
        var clear = new Pixels(20, 20, 4, new byte[20 * 20 * 4]);

        var done = Assert.IsType<Fixed.Done>(await Darkroom.FixAsync(clear, [new(PictureKind.Webp, 90), new(PictureKind.Jpeg, 90)]));

        var webp = Assert.IsType<Exposed.Picture>(await Darkroom.ExposeAsync(PictureSource.Of(done.Prints[0].Bytes), 20, 20)).Pixels;
        var jpeg = Assert.IsType<Exposed.Picture>(await Darkroom.ExposeAsync(PictureSource.Of(done.Prints[1].Bytes), 20, 20)).Pixels;
        Assert.Equal((4, 0), (webp.Bands, webp.Bytes[3]));
        Assert.Equal("white", Colour(jpeg, 10, 10));
    }

    private async Task<Developed.Picture> PictureAsync(byte[] file, params Print[] prints) =>
        Assert.IsType<Developed.Picture>(await Darkroom.DevelopAsync(PictureSource.Of(file), prints));

    private static string Colour(Pixels pixels, int x, int y)
    {
        var at = ((y * pixels.Width) + x) * pixels.Bands;
        return (pixels.Bytes[at] > 128, pixels.Bytes[at + 1] > 128, pixels.Bytes[at + 2] > 128) switch
        {
            (true, false, false) => "red",
            (false, true, false) => "green",
            (false, false, true) => "blue",
            (true, true, true) => "white",
            var other => other.ToString(),
        };
    }
}
