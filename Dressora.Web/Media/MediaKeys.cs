using System.Globalization;
using System.Security.Cryptography;
using Dressora.Web.Data;

namespace Dressora.Web.Media;

/// <summary>
/// The keys that sign addresses of files: made here, kept in the data folder, a new one every month. An address signed just
/// before is good until it ends by itself, as the last key is still known.
/// </summary>
public sealed class MediaKeys(DataFolder folder, TimeProvider clock)
{
    private const int KeyBytes = 32;
    private const string Prefix = "media-";
    private const string Stamp = "yyyyMMddHHmmss";
    private static readonly TimeSpan SignsFor = TimeSpan.FromDays(30);
    private static readonly TimeSpan KnownFor = TimeSpan.FromDays(60);

    private readonly Lock _lock = new();
    private List<(DateTimeOffset Made, byte[] Key)>? _ring;

    internal byte[] Newest() => Ring()[0].Key;

    /// <summary>Newest first.</summary>
    internal IReadOnlyList<byte[]> All() => [.. Ring().Select(one => one.Key)];

    private List<(DateTimeOffset Made, byte[] Key)> Ring()
    {
        lock (_lock)
        {
            var now = clock.GetUtcNow();
            _ring ??= Read();
            if (_ring.Count == 0 || _ring[0].Made < now - SignsFor)
                _ring = [(now, Make(now)), .. _ring];
            while (_ring[^1].Made < now - KnownFor)
            {
                File.Delete(PathOf(_ring[^1].Made));
                _ring = _ring[..^1];
            }

            return _ring;
        }
    }

    private List<(DateTimeOffset Made, byte[] Key)> Read()
    {
        var ring = new List<(DateTimeOffset Made, byte[] Key)>();
        foreach (var path in Directory.GetFiles(folder.Keys, Prefix + "*.key"))
        {
            var name = Path.GetFileNameWithoutExtension(path)[Prefix.Length..];
            var key = File.ReadAllBytes(path);
            if (key.Length == KeyBytes
                && DateTimeOffset.TryParseExact(name, Stamp, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var made))
                ring.Add((made, key));
        }

        return [.. ring.OrderByDescending(one => one.Made)];
    }

    private byte[] Make(DateTimeOffset now)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        var half = PathOf(now) + ".half";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(half, options))
        {
            file.Write(key);
            file.Flush(flushToDisk: true);
        }

        File.Move(half, PathOf(now), overwrite: true);
        return key;
    }

    private string PathOf(DateTimeOffset made) =>
        Path.Combine(folder.Keys, $"{Prefix}{made.UtcDateTime.ToString(Stamp, CultureInfo.InvariantCulture)}.key");
}
