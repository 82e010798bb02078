using System.Globalization;

namespace Dressora.Web.Pictures;

/// <summary>What ffmpeg and ffprobe are told.</summary>
internal static class FilmArguments
{
    /// <summary>What phones, browsers and the makers write; every other decoder stays shut.</summary>
    private const string Codecs =
        "h264,hevc,vp8,vp9,libdav1d,av1,mpeg4,mjpeg,png,aac,mp3,mp3float,opus,libopus,vorbis,flac,alac,pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le,pcm_u8";

    private const string Threads = "2";

    internal static readonly IReadOnlyList<string> Quiet =
        ["-nostdin", "-hide_banner", "-v", "error", "-y", "-threads", Threads, "-filter_threads", "1"];

    /// <summary>At most 640 wide and of even sides, so that every player shows it.</summary>
    internal static readonly IReadOnlyList<string> Preview =
    [
        "-map", "0:V:0?", "-map", "0:a:0?", .. Nothing, "-threads", Threads,
        "-vf", "scale='trunc(min(640,iw)/2)*2':-2,fps=24", "-c:v", "libx264", "-preset", "veryfast", "-crf", "30",
        "-maxrate", "700k", "-bufsize", "1400k", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "64k", "-ac", "2",
        "-movflags", "+faststart", "-f", "mp4",
    ];

    /// <summary>No titles, no places, no chapters, no subtitles, no data, not even ffmpeg's own name.</summary>
    private static IReadOnlyList<string> Nothing =>
        ["-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-fflags", "+bitexact", "-flags", "+bitexact"];

    internal static IReadOnlyList<string> Read(FilmKind kind, string path) =>
    [
        "-protocol_whitelist", "pipe,file", "-format_whitelist", FilmHeader.Readers(kind), "-codec_whitelist", Codecs,
        "-f", FilmHeader.Reader(kind), "-i", "file:" + Path.GetFullPath(path),
    ];

    internal static IReadOnlyList<string> Clean(FilmKind kind) =>
    [
        "-map", "0:V:0?", "-map", "0:a:0?", .. Nothing, "-c", "copy",
        .. kind == FilmKind.Mp4 ? (IEnumerable<string>)["-movflags", "+faststart"] : [], "-f", FilmHeader.Writer(kind),
    ];

    internal static IReadOnlyList<string> Still(int widthMax) =>
    [
        "-map", "0:V:0", .. Nothing, "-frames:v", "1", "-vf", $"scale='min({Number(widthMax)},iw)':-1",
        "-c:v", "mjpeg", "-q:v", "3", "-f", "image2pipe",
    ];

    /// <summary>Reads to the end and says how far it came.</summary>
    internal static IReadOnlyList<string> Measure(FilmKind kind, string path) =>
        [.. Quiet, .. Read(kind, path), "-map", "0:V:0?", "-map", "0:a:0?", "-c", "copy", "-progress", "pipe:1", "-f", "null", "-"];

    internal static string Number(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
