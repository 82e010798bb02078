using System.Diagnostics;
using System.Globalization;
using Dressora.Tests.Harness;
using Dressora.Tests.Pictures;
using Dressora.Web.Pictures;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dressora.Tests.Bench;

/// <summary>What an upload costs, beside the tool of the library's own makers doing the same.</summary>
internal static class PicturesBench
{
    private const int Rounds = 5;
    private static readonly int[] Widths = [160, 320, 640, 1_280];

    internal static async Task RunAsync()
    {
        using var folder = new TemporaryFolder();
        var photo = folder["photo.jpg"];
        await File.WriteAllBytesAsync(photo, Scene.WithExif(Scene.Jpeg(Scene.Photo(4_000, 3_000)), 6));
        Console.WriteLine($"12 MP JPEG of {new FileInfo(photo).Length / 1024} KB, to a clean JPEG as large and WebP {string.Join(", ", Widths)} wide");
        await OursAsync(photo);
        if (Tool.IsInstalled("vipsthumbnail"))
            await TheirsAsync(photo, folder);
        else
            Console.WriteLine("  vipsthumbnail is not here: sudo apt-get install -y libvips-tools");
    }

    private static async Task OursAsync(string photo)
    {
        Print[] prints = [new(PictureKind.Jpeg, 90), .. Widths.Select(width => new Print(PictureKind.Webp, 80, width))];
        await using var darkroom = new Darkroom(
            ChildStart.Ours(), new PictureLimits { TimeMax = TimeSpan.FromMinutes(1) }, 2, TimeProvider.System, NullLogger.Instance);
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            var developed = await darkroom.DevelopAsync(PictureSource.At(photo), prints);
            Say(round == 0 ? "a cold child" : "a warm child", Stopwatch.GetElapsedTime(began), Peak(darkroom.IdleChildren[0]), Sizes(developed));
        }

        var one = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Rounds * 2).Select(_ => darkroom.DevelopAsync(PictureSource.At(photo), prints)));
        Say($"{Rounds * 2} by two children", Stopwatch.GetElapsedTime(one), darkroom.IdleChildren.Sum(Peak), "");
        foreach (var id in darkroom.IdleChildren)
            Console.WriteLine($"  a child that waits  {Memory(id, "VmRSS"),6} MB, {Memory(id, "RssAnon")} MB of it its own");
    }

    private static async Task TheirsAsync(string photo, TemporaryFolder folder)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var (began, peak) = (Stopwatch.GetTimestamp(), 0L);
            peak = Math.Max(peak, await ThumbnailAsync(photo, "20000x20000>", folder["full.jpg"] + "[Q=90,strip,optimize-coding]"));
            foreach (var width in Widths)
            {
                var output = folder[$"{width}.webp"] + "[Q=80,strip,effort=4]";
                peak = Math.Max(peak, await ThumbnailAsync(photo, $"{width}x20000>", output));
            }

            var sizes = Directory.GetFiles(folder.Path).Where(file => file != photo).Select(file => new FileInfo(file).Length).Order();
            Say("vipsthumbnail, five times", Stopwatch.GetElapsedTime(began), peak, Sizes(sizes));
        }
    }

    private static async Task<long> ThumbnailAsync(string photo, string size, string output)
    {
        using var process = Process.Start("vipsthumbnail", [photo, "--size", size, "--eprofile", "srgb", "-o", output]);
        var peak = 0L;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, Peak(process.Id));
            await Task.Delay(5);
        }

        return peak;
    }

    private static string Sizes(Developed developed) => developed is Developed.Picture picture
        ? Sizes(picture.Prints.Select(print => (long)print.Bytes.Length).Order())
        : developed.ToString();

    private static string Sizes(IEnumerable<long> bytes) => string.Join(' ', bytes.Select(size => $"{size / 1024} KB"));

    private static void Say(string what, TimeSpan took, long peak, string sizes) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-26} {took.TotalMilliseconds,7:0} ms  peak {peak,4} MB   {sizes}"));

    private static long Peak(int process) => Memory(process, "VmHWM");

    private static long Memory(int process, string line)
    {
        try
        {
            var text = File.ReadLines($"/proc/{process}/status").FirstOrDefault(found => found.StartsWith(line + ":", StringComparison.Ordinal));
            return text is null ? 0 : long.Parse(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
