namespace Dressora.Web.Pictures;

/// <summary>What holds moving pictures or sound, by its content.</summary>
public enum FilmKind
{
    Mp4,
    Matroska,
    Ogg,
    Mp3,
    Aac,
    Wav,
    Flac,
}

/// <summary>The rule that a film or a sound failed.</summary>
public enum FilmFault
{
    Empty,
    TooManyBytes,
    NotAFilm,
    Broken,
    TooLong,
    TooWide,
    TooSlow,
    TooBig,

    /// <summary>Too many wait already: nothing is wrong with this one.</summary>
    Busy,

    /// <summary>ffmpeg is not on this machine: nothing is wrong with the film.</summary>
    NotInstalled,
}

/// <summary>How much of anything one film may be or take.</summary>
public sealed record FilmLimits
{
    public long BytesMax { get; init; } = 200L * 1024 * 1024;
    public TimeSpan DurationMax { get; init; } = TimeSpan.FromMinutes(10);
    public int SideMax { get; init; } = 4_096;

    /// <summary>To look at it, and to make something of it.</summary>
    public TimeSpan LookMax { get; init; } = TimeSpan.FromSeconds(15);
    public TimeSpan WorkMax { get; init; } = TimeSpan.FromMinutes(3);
    public int MemoryMegabytesMax { get; init; } = 512;
    public long OutputBytesMax { get; init; } = 200L * 1024 * 1024;
}

/// <summary>What a film turned out to be.</summary>
public abstract record Screened
{
    private Screened()
    {
    }

    /// <summary>Width and height are 0 where there is only sound; they are as a person sees it, upright.</summary>
    public sealed record Film(FilmKind Kind, TimeSpan Duration, int Width, int Height, string? VideoCodec, string? SoundCodec) : Screened
    {
        public bool HasPictures => VideoCodec is not null;
        public bool HasSound => SoundCodec is not null;
    }

    public sealed record Refused(FilmFault Fault) : Screened;
}

/// <summary>A picture out of a film, for the darkroom to print.</summary>
public abstract record Still
{
    private Still()
    {
    }

    public sealed record Taken(byte[] Jpeg) : Still;

    public sealed record Refused(FilmFault Fault) : Still;
}

/// <summary>A file made of a film. Where it was refused there is none.</summary>
public abstract record Cut
{
    private Cut()
    {
    }

    public sealed record Done(long Bytes) : Cut;

    public sealed record Refused(FilmFault Fault) : Cut;
}
