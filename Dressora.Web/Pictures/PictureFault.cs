namespace Dressora.Web.Pictures;

/// <summary>The rule that a file failed, so that its person can be told which.</summary>
public enum PictureFault
{
    Empty,
    TooManyBytes,

    /// <summary>Neither JPEG, PNG, WebP, HEIC nor AVIF by its content, whatever its name says.</summary>
    NotAPicture,

    /// <summary>Begins like a picture and cannot be read to its end.</summary>
    Broken,
    TooManyPixels,

    /// <summary>One side is longer than a side may be.</summary>
    TooWide,

    /// <summary>More than one frame.</summary>
    Moving,

    /// <summary>Not finished in the time there is; the child that read it was ended.</summary>
    TooSlow,

    /// <summary>Wanted more memory than there is for one picture.</summary>
    TooBig,

    /// <summary>Too many pictures wait already: nothing is wrong with this one.</summary>
    Busy,

    /// <summary>libvips is not installed: nothing is wrong with the picture.</summary>
    NoLibrary,
}
