namespace Dressora.Web.Pictures;

/// <summary>Where a picture's bytes are. A file is opened by whoever reads it, so a waiting one costs no memory.</summary>
public abstract record PictureSource
{
    private PictureSource()
    {
    }

    public static PictureSource Of(ReadOnlyMemory<byte> bytes) => new Memory(bytes);

    public static PictureSource At(string path) => new OnDisk(Path.GetFullPath(path));

    internal long Length => this switch
    {
        Memory memory => memory.Bytes.Length,
        OnDisk file => new FileInfo(file.Path).Length,
        _ => 0,
    };

    internal sealed record Memory(ReadOnlyMemory<byte> Bytes) : PictureSource;

    internal sealed record OnDisk(string Path) : PictureSource;
}
