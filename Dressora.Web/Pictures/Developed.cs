namespace Dressora.Web.Pictures;

/// <summary>What a file turned out to be by its content.</summary>
public enum SourceKind
{
    Jpeg,
    Png,
    Webp,
    Heic,
    Avif,
}

/// <summary>What became of a file that was said to be a picture.</summary>
public abstract record Developed
{
    private Developed()
    {
    }

    /// <summary>The source's kind and its size as a person sees it, upright; the prints in the order they were asked for.</summary>
    public sealed record Picture(SourceKind Kind, int Width, int Height, IReadOnlyList<DevelopedPrint> Prints) : Developed;

    public sealed record Refused(PictureFault Fault) : Developed;
}

/// <summary>What became of a file whose bare pixels were asked for.</summary>
public abstract record Exposed
{
    private Exposed()
    {
    }

    public sealed record Picture(Pixels Pixels) : Exposed;

    public sealed record Refused(PictureFault Fault) : Exposed;
}

/// <summary>What became of pixels of our own that were to be encoded.</summary>
public abstract record Fixed
{
    private Fixed()
    {
    }

    public sealed record Done(IReadOnlyList<DevelopedPrint> Prints) : Fixed;

    public sealed record Refused(PictureFault Fault) : Fixed;
}
