namespace Dressora.Web.Pictures;

/// <summary>
/// Tells a film's kind by its first bytes. The one reader for that kind is then named to ffmpeg: left to guess, it opens
/// playlists, and those open other files.
/// </summary>
internal static class FilmHeader
{
    internal static FilmKind? KindOf(ReadOnlySpan<byte> bytes) => bytes switch
    {
        { Length: < 16 } => null,
        [0x1A, 0x45, 0xDF, 0xA3, ..] => FilmKind.Matroska,
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => FilmKind.Ogg,
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] => FilmKind.Flac,
        [(byte)'I', (byte)'D', (byte)'3', ..] => FilmKind.Mp3,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', ..] => bytes[8..].StartsWith("WAVE"u8) ? FilmKind.Wav : null,
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => Header.KindOf(bytes) is null ? FilmKind.Mp4 : null,
        [0xFF, 0xF0 or 0xF1 or 0xF8 or 0xF9, ..] => FilmKind.Aac,
        [0xFF, 0xE2 or 0xE3 or 0xF2 or 0xF3 or 0xFA or 0xFB, ..] => FilmKind.Mp3,
        _ => null,
    };

    /// <summary>ffmpeg's name of what reads it.</summary>
    internal static string Reader(FilmKind kind) => kind switch
    {
        FilmKind.Mp4 => "mov",
        FilmKind.Matroska => "matroska",
        _ => Name(kind),
    };

    /// <summary>All names of the reader, which its list of permitted ones wants.</summary>
    internal static string Readers(FilmKind kind) => kind switch
    {
        FilmKind.Mp4 => "mov,mp4,m4a,3gp,3g2,mj2",
        FilmKind.Matroska => "matroska,webm",
        _ => Name(kind),
    };

    /// <summary>ffmpeg's name of what writes it.</summary>
    internal static string Writer(FilmKind kind) => kind == FilmKind.Aac ? "adts" : Name(kind);

    private static string Name(FilmKind kind) => kind switch
    {
        FilmKind.Mp4 => "mp4",
        FilmKind.Matroska => "matroska",
        FilmKind.Ogg => "ogg",
        FilmKind.Mp3 => "mp3",
        FilmKind.Aac => "aac",
        FilmKind.Wav => "wav",
        _ => "flac",
    };
}
