using System.Globalization;

namespace Dressora.Web.Providers.Sandbox;

/// <summary>Films by ffmpeg: a slow pan over a picture, silent or with the sound that came along; a sound as its waves.</summary>
internal sealed class Films(SandboxFolder folder, Cards cards, Tool tool)
{
    private const int Width = 720;
    private const int Height = 960;
    private const int StripHeight = 96;
    private const int SecondsMax = 10;
    private const int SoundSecondsMax = 60;

    internal async Task<Craft> ShootAsync(SandboxJob job, CancellationToken stop)
    {
        var audio = job.Input("audio");
        if (job.Kind != JobKind.Video && audio is null)
            return new Craft.Cannot("The sandbox was given no sound.");
        if (await cards.StripAsync(Width, StripHeight, "SANDBOX", stop) is not { } strip)
            return new Craft.Cannot(Cards.NoPictures);
        folder.Keep(job.Id, "strip.jpg", strip);
        var words = job.Kind == JobKind.AudioVideo ? Waves(job, audio!) : await PanAsync(job, audio, stop);
        if (words is null)
            return new Craft.Cannot(Cards.NoPictures);
        var film = folder.PathOf(job.Id, "film.mp4");
        return await tool.RunAsync("ffmpeg", [.. words, .. Ending, film], stop) switch
        {
            ToolEnd.Done => new Craft.Done(await File.ReadAllBytesAsync(film, stop), "video/mp4", ".mp4"),
            ToolEnd.NotInstalled => new Craft.Cannot("The sandbox cannot film: ffmpeg is not installed on this server."),
            _ => new Craft.Cannot("The sandbox cannot film this: ffmpeg could not read it."),
        };
    }

    private static readonly string[] Beginning = ["-hide_banner", "-loglevel", "error", "-nostdin", "-y"];

    private static readonly string[] Ending =
        ["-c:v", "libx264", "-preset", "veryfast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-movflags", "+faststart", "-f", "mp4"];

    private async Task<List<string>?> PanAsync(SandboxJob job, SandboxFile? audio, CancellationToken stop)
    {
        var picture = job.Input("image") ?? job.Input("person");
        if (picture is null)
        {
            if (await cards.DrawAsync(job, Width, stop) is not Craft.Done card)
                return null;
            picture = new SandboxFile("image", "card.jpg", card.Mime);
            folder.Keep(job.Id, picture.Name, card.Bytes);
        }

        var seconds = Seconds(job);
        var pan = string.Create(CultureInfo.InvariantCulture,
            $"[0:v]scale={Width * 5 / 4}:{Height * 5 / 4}:force_original_aspect_ratio=increase,"
            + $"crop={Width}:{Height}:(iw-ow)*t/{seconds}:(ih-oh)*t/{seconds}[p];[p][1:v]overlay=0:H-h[v]");
        List<string> words = [.. Beginning, "-loop", "1", "-framerate", "24", "-i", PathOf(job, picture), "-i", PathOf(job, "strip.jpg")];
        if (audio is not null)
            words.AddRange(["-i", PathOf(job, audio)]);
        words.AddRange(["-filter_complex", pan, "-map", "[v]"]);
        if (audio is not null)
            words.AddRange(["-map", "2:a:0", "-shortest"]);
        words.AddRange(["-t", seconds.ToString(CultureInfo.InvariantCulture)]);
        return words;
    }

    private List<string> Waves(SandboxJob job, SandboxFile audio) =>
    [
        .. Beginning, "-i", PathOf(job, audio), "-i", PathOf(job, "strip.jpg"),
        "-filter_complex",
        $"[0:a]showwaves=s={Width}x{Height - StripHeight}:mode=cline:rate=24,pad={Width}:{Height}[w];[w][1:v]overlay=0:H-h[v]",
        "-map", "[v]", "-map", "0:a:0", "-t", SoundSecondsMax.ToString(CultureInfo.InvariantCulture),
    ];

    private static int Seconds(SandboxJob job) =>
        job.Parameters["seconds"] is System.Text.Json.Nodes.JsonValue value && value.TryGetValue<int>(out var seconds)
            ? Math.Clamp(seconds, 1, SecondsMax)
            : SecondsMax / 2;

    private string PathOf(SandboxJob job, SandboxFile file) => PathOf(job, file.Name);

    private string PathOf(SandboxJob job, string name) => folder.PathOf(job.Id, name);
}
