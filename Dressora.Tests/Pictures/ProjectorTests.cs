using System.Text;
using Dressora.Tests.Harness;
using Dressora.Web.Pictures;
using Xunit;

namespace Dressora.Tests.Pictures;

public sealed class ProjectorTests : IAsyncLifetime, IDisposable
{
    private const string Place = "+55.7558+037.6173/";

    private static readonly FilmLimits Patient = new() { LookMax = TimeSpan.FromSeconds(60) };

    private readonly TemporaryFolder _folder = new();
    private readonly Projector _projector = new(Patient);

    public Task InitializeAsync() => MakeAsync("film", "-c:v", "libx264", "-preset", "ultrafast", "-metadata", $"comment={Place}", "-f", "mp4");

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        _projector.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_film_says_how_long_how_large_and_what_is_in_it()
    {
        var film = Assert.IsType<Screened.Film>(await _projector.ProbeAsync(_folder["film"]));

        Assert.Equal((FilmKind.Mp4, 320, 180, "h264", "aac"), (film.Kind, film.Width, film.Height, film.VideoCodec, film.SoundCodec));
        Assert.InRange(film.Duration.TotalSeconds, 2, 2.2);
    }

    [Theory]
    [InlineData(FilmKind.Mp3, "mp3", "-f", "mp3")]
    [InlineData(FilmKind.Wav, "pcm_s16le", "-f", "wav")]
    [InlineData(FilmKind.Flac, "flac", "-f", "flac")]
    [InlineData(FilmKind.Ogg, "opus", "-c:a", "libopus", "-f", "ogg")]
    [InlineData(FilmKind.Aac, "aac", "-f", "adts")]
    [InlineData(FilmKind.Mp4, "aac", "-f", "mp4")]
    [InlineData(FilmKind.Matroska, "opus", "-c:a", "libopus", "-f", "webm", "-live", "1")]
    public async Task A_sound_of_every_kind_is_measured_cleaned_and_made_small(FilmKind kind, string codec, params string[] arguments)
    {
        await MakeAsync("sound", ["-vn", "-metadata", "title=Canary", .. arguments]);

        var sound = Assert.IsType<Screened.Film>(await _projector.ProbeAsync(_folder["sound"]));
        Assert.Equal((kind, codec, false, 0), (sound.Kind, sound.SoundCodec, sound.HasPictures, sound.Width));
        Assert.InRange(sound.Duration.TotalSeconds, 1.9, 2.3);

        Assert.IsType<Cut.Done>(await _projector.CleanAsync(_folder["sound"], _folder["clean"]));
        Assert.Equal(kind, Assert.IsType<Screened.Film>(await _projector.ProbeAsync(_folder["clean"])).Kind);
        Assert.DoesNotContain("Canary", await TextAsync("clean"), StringComparison.Ordinal);

        Assert.IsType<Cut.Done>(await _projector.PreviewAsync(_folder["sound"], _folder["preview"]));
        Assert.Equal("aac", Assert.IsType<Screened.Film>(await _projector.ProbeAsync(_folder["preview"])).SoundCodec);
    }

    [Fact]
    public async Task A_still_is_a_JPEG_of_the_film()
    {
        var still = Assert.IsType<Still.Taken>(await _projector.StillAsync(_folder["film"]));

        var header = Header.Read(still.Jpeg)!.Value;
        Assert.Equal((SourceKind.Jpeg, 320, 180, false), (header.Kind, header.Width, header.Height, header.IsBroken));
    }

    [Fact]
    public async Task A_sound_has_no_still()
    {
        await MakeAsync("sound", "-vn", "-f", "mp3");

        Assert.Equal(new Still.Refused(FilmFault.NotAFilm), await _projector.StillAsync(_folder["sound"]));
    }

    [Fact]
    public async Task A_clean_film_is_the_same_without_its_place_and_begins_with_its_index()
    {
        Assert.Contains(Place, await TextAsync("film"), StringComparison.Ordinal);

        Assert.IsType<Cut.Done>(await _projector.CleanAsync(_folder["film"], _folder["clean"]));

        var clean = await TextAsync("clean");
        Assert.DoesNotContain(Place, clean, StringComparison.Ordinal);
        Assert.DoesNotContain("Lavf", clean, StringComparison.Ordinal);
        Assert.True(clean.IndexOf("moov", StringComparison.Ordinal) < clean.IndexOf("mdat", StringComparison.Ordinal));
        var film = Assert.IsType<Screened.Film>(await _projector.ProbeAsync(_folder["clean"]));
        Assert.Equal((320, 180, "h264", "aac"), (film.Width, film.Height, film.VideoCodec, film.SoundCodec));
    }

    [Fact]
    public async Task A_preview_is_narrow_and_begins_with_its_index()
    {
        await _projector.MakeAsync(
            ["-f", "lavfi", "-i", "testsrc2=size=1281x721:rate=25:duration=1", "-c:v", "libx264", "-pix_fmt", "yuv444p", "-f", "mp4"], _folder["large"]);

        Assert.IsType<Cut.Done>(await _projector.PreviewAsync(_folder["large"], _folder["preview"]));

        var film = Assert.IsType<Screened.Film>(await _projector.ProbeAsync(_folder["preview"]));
        Assert.Equal((640, 360), (film.Width, film.Height));
        var text = await TextAsync("preview");
        Assert.True(text.IndexOf("moov", StringComparison.Ordinal) < text.IndexOf("mdat", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", FilmFault.Empty)]
    [InlineData("#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST", FilmFault.NotAFilm)]
    [InlineData("ffconcat version 1.0\nfile /etc/passwd", FilmFault.NotAFilm)]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'></svg>", FilmFault.NotAFilm)]
    [InlineData("RIFF....AVI LIST and more", FilmFault.NotAFilm)]
    [InlineData("ID3\u0003\0\0\0\0\0\0#EXTM3U\nfile:///etc/passwd", FilmFault.Broken)]
    [InlineData("....ftypmp42....mp42isom....moov", FilmFault.Broken)]
    [InlineData("\u001aE\u00df\u00a3nothing of a film", FilmFault.Broken)]
    public async Task What_is_no_film_is_refused_by_its_rule(string text, FilmFault fault)
    {
        await File.WriteAllBytesAsync(_folder["x"], Encoding.Latin1.GetBytes(text));

        Assert.Equal(new Screened.Refused(fault), await _projector.ProbeAsync(_folder["x"]));
        Assert.Equal(new Cut.Refused(fault), await _projector.PreviewAsync(_folder["x"], _folder["preview"]));
        Assert.False(File.Exists(_folder["preview"]));
    }

    [Fact]
    public async Task A_film_cut_off_anywhere_does_no_harm()
    {
        var whole = await File.ReadAllBytesAsync(_folder["film"]);
        for (var percent = 5; percent < 100; percent += 10)
        {
            await File.WriteAllBytesAsync(_folder["x"], whole[..(whole.Length * percent / 100)]);
            var screened = await _projector.ProbeAsync(_folder["x"]);
            Assert.False(screened is Screened.Refused { Fault: FilmFault.TooSlow or FilmFault.TooBig }, $"{percent} %: {screened}");
        }
    }

    [Fact]
    public async Task Limits_are_kept()
    {
        using var brief = new Projector(Patient with { DurationMax = TimeSpan.FromSeconds(1) });
        using var narrow = new Projector(Patient with { SideMax = 200 });
        using var few = new Projector(Patient with { BytesMax = 1_000 });
        using var small = new Projector(Patient with { OutputBytesMax = 4_096 });
        using var quick = new Projector(Patient with { WorkMax = TimeSpan.FromMilliseconds(20) });

        Assert.Equal(new Screened.Refused(FilmFault.TooLong), await brief.ProbeAsync(_folder["film"]));
        Assert.Equal(new Screened.Refused(FilmFault.TooWide), await narrow.ProbeAsync(_folder["film"]));
        Assert.Equal(new Screened.Refused(FilmFault.TooManyBytes), await few.ProbeAsync(_folder["film"]));
        Assert.Equal(new Cut.Refused(FilmFault.TooBig), await small.PreviewAsync(_folder["film"], _folder["x"]));
        Assert.Equal(new Cut.Refused(FilmFault.TooSlow), await quick.PreviewAsync(_folder["film"], _folder["x"]));
        Assert.False(File.Exists(_folder["x"]));
    }

    [Fact]
    public async Task Without_ffmpeg_every_answer_says_so()
    {
        using var without = new Projector(Patient, "no-ffmpeg", "no-ffprobe");

        Assert.Equal(new Screened.Refused(FilmFault.NotInstalled), await without.ProbeAsync(_folder["film"]));
        Assert.Equal(new Still.Refused(FilmFault.NotInstalled), await without.StillAsync(_folder["film"]));
        Assert.Equal(new Cut.Refused(FilmFault.NotInstalled), await without.CleanAsync(_folder["film"], _folder["x"]));
        Assert.Equal(new Cut.Refused(FilmFault.NotInstalled), await without.MakeAsync([], _folder["x"]));
    }

    private async Task MakeAsync(string name, params string[] arguments)
    {
        string[] inputs = ["-f", "lavfi", "-i", "testsrc2=size=320x180:rate=25:duration=2", "-f", "lavfi", "-i", "sine=duration=2"];
        Assert.IsType<Cut.Done>(await _projector.MakeAsync([.. inputs, .. arguments], _folder[name]));
    }

    private async Task<string> TextAsync(string name) => Encoding.Latin1.GetString(await File.ReadAllBytesAsync(_folder[name]));
}
