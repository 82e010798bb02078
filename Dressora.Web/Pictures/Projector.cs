namespace Dressora.Web.Pictures;

/// <summary>
/// Looks at films and sounds and makes small things of them, with ffmpeg in guarded processes. Without ffmpeg every
/// answer says so.
/// </summary>
public sealed class Projector : IDisposable
{
    private const string Ffmpeg = "ffmpeg";
    private const string Ffprobe = "ffprobe";
    private const int StillWidthMax = 1_280;
    private const int StillBytesMax = 8 * 1024 * 1024;
    private const int WordsMax = 256 * 1024;
    private const int AtOnceMax = 2;
    private const int WaitingMax = 32;

    private readonly string _ffmpeg;
    private readonly string _ffprobe;
    private readonly Turns _turns = new(AtOnceMax, WaitingMax);

    public Projector()
        : this(new FilmLimits())
    {
    }

    internal Projector(FilmLimits limits, string ffmpeg = Ffmpeg, string ffprobe = Ffprobe) =>
        (Limits, _ffmpeg, _ffprobe) = (limits, ffmpeg, ffprobe);

    /// <summary>Looked up anew each time.</summary>
    public static bool IsInstalled => Tool.IsInstalled(Ffmpeg) && Tool.IsInstalled(Ffprobe);

    public FilmLimits Limits { get; }

    public async Task<Screened> ProbeAsync(string path, CancellationToken cancel = default)
    {
        if (await KindAsync(path, cancel) is var (kind, fault) && fault is not null)
            return new Screened.Refused(fault.Value);
        string[] arguments =
        [
            "-v", "error", "-hide_banner", .. FilmArguments.Read(kind, path), "-of", "json", "-show_entries",
            "format=duration:stream=codec_type,codec_name,width,height:stream_disposition=attached_pic:stream_side_data=rotation",
        ];
        var (run, failed) = await RunAsync(_ffprobe, arguments, Limits.LookMax, WordsMax, cancel);
        if (failed is not null)
            return new Screened.Refused(failed.Value);
        if (FilmFacts.Read(run.Output) is not { } facts)
            return new Screened.Refused(FilmFault.Broken);
        if (facts.Width > Limits.SideMax || facts.Height > Limits.SideMax)
            return new Screened.Refused(FilmFault.TooWide);
        if ((facts.Duration ?? await MeasureAsync(kind, path, cancel)) is not { } duration)
            return new Screened.Refused(FilmFault.Broken);
        return duration > Limits.DurationMax
            ? new Screened.Refused(FilmFault.TooLong)
            : new Screened.Film(kind, duration, facts.Width, facts.Height, facts.VideoCodec, facts.SoundCodec);
    }

    /// <summary>The picture at a time, or near the beginning, where films have stopped being black.</summary>
    public async Task<Still> StillAsync(string path, TimeSpan? at = null, CancellationToken cancel = default)
    {
        var screened = await ProbeAsync(path, cancel);
        if (screened is not Screened.Film { HasPictures: true } film)
            return new Still.Refused(screened is Screened.Refused refused ? refused.Fault : FilmFault.NotAFilm);
        var second = at?.TotalSeconds ?? Math.Min(1, film.Duration.TotalSeconds / 3);
        string[] arguments =
        [
            .. FilmArguments.Quiet, "-ss", FilmArguments.Number(second), .. FilmArguments.Read(film.Kind, path),
            .. FilmArguments.Still(StillWidthMax), "pipe:1",
        ];
        var (run, fault) = await RunAsync(_ffmpeg, arguments, Limits.LookMax, StillBytesMax, cancel);
        if (fault is not null)
            return new Still.Refused(fault.Value);
        return run.Output.Length > 0 ? new Still.Taken(run.Output) : new Still.Refused(FilmFault.Broken);
    }

    /// <summary>A small MP4 for a slow line: at most 640 wide with sound, or the sound alone.</summary>
    public Task<Cut> PreviewAsync(string path, string output, CancellationToken cancel = default) =>
        MakeAsync(path, output, _ => FilmArguments.Preview, cancel);

    /// <summary>The same streams without anything beside them; an MP4 then begins to play before all of it is there.</summary>
    public Task<Cut> CleanAsync(string path, string output, CancellationToken cancel = default) =>
        MakeAsync(path, output, FilmArguments.Clean, cancel);

    /// <summary>Anything else, of inputs that are our own: the arguments that stand between ffmpeg's name and the output's.</summary>
    public async Task<Cut> MakeAsync(IReadOnlyList<string> arguments, string output, CancellationToken cancel = default)
    {
        var (_, fault) = await RunAsync(
            _ffmpeg, [.. FilmArguments.Quiet, .. arguments, "file:" + Path.GetFullPath(output)], Limits.WorkMax, WordsMax, cancel);
        var made = new FileInfo(output);
        if (fault is null && made is { Exists: true, Length: > 0 })
            return new Cut.Done(made.Length);
        made.Delete();
        return new Cut.Refused(fault ?? FilmFault.Broken);
    }

    public void Dispose() => _turns.Dispose();

    private async Task<Cut> MakeAsync(
        string path, string output, Func<FilmKind, IReadOnlyList<string>> arguments, CancellationToken cancel) =>
        await ProbeAsync(path, cancel) switch
        {
            Screened.Film film => await MakeAsync([.. FilmArguments.Read(film.Kind, path), .. arguments(film.Kind)], output, cancel),
            Screened.Refused refused => new Cut.Refused(refused.Fault),
            _ => new Cut.Refused(FilmFault.Broken),
        };

    private async Task<(FilmKind Kind, FilmFault? Fault)> KindAsync(string path, CancellationToken cancel)
    {
        var length = new FileInfo(path).Length;
        if (length == 0)
            return (default, FilmFault.Empty);
        if (length > Limits.BytesMax)
            return (default, FilmFault.TooManyBytes);
        return FilmHeader.KindOf(await PictureFile.ReadHeadAsync(path, cancel)) is { } kind
            ? (kind, null)
            : (default, FilmFault.NotAFilm);
    }

    private async Task<TimeSpan?> MeasureAsync(FilmKind kind, string path, CancellationToken cancel)
    {
        var (run, fault) = await RunAsync(_ffmpeg, FilmArguments.Measure(kind, path), Limits.LookMax, WordsMax, cancel);
        return fault is null ? FilmFacts.ReadProgress(run.Output) : null;
    }

    private Task<(ToolRun Run, FilmFault? Fault)> RunAsync(
        string program, IReadOnlyList<string> arguments, TimeSpan timeMax, int outputMax, CancellationToken cancel)
    {
        if (!Tool.IsInstalled(program))
            return Task.FromResult((ToolRun.None, (FilmFault?)FilmFault.NotInstalled));
        return _turns.TakeAsync(
            async () =>
            {
                var run = await Tool.RunAsync(program, arguments, Limits, timeMax, outputMax, cancel);
                return (run, Fault(run));
            },
            busy: (ToolRun.None, FilmFault.Busy),
            cancel);
    }

    private static FilmFault? Fault(ToolRun run) => run.Excess switch
    {
        Excess.Time => FilmFault.TooSlow,
        Excess.Memory => FilmFault.TooBig,
        _ => run.ExitCode == 0 ? null : FilmFault.Broken,
    };
}
