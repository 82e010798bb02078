using System.Diagnostics;
using System.Globalization;
using Dressora.Tests.Providers.Tailor;
using Dressora.Web.Pictures;
using Dressora.Web.Providers.Tailor;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dressora.Tests.Bench;

/// <summary>What a fitting costs, step by step on one thread and two, and as a whole in its child process.</summary>
internal static class TailorBenchmark
{
    private const int Rounds = 12;

    internal static async Task RunAsync(string person, string garment)
    {
        await using var darkroom = new Darkroom(TimeProvider.System, NullLogger<Darkroom>.Instance);
        var (figure, cloth) = (await ReadAsync(darkroom, person), await ReadAsync(darkroom, garment));
        foreach (var threads in new[] { 1, 2 })
        {
            Console.WriteLine($"on {threads} thread{(threads == 1 ? "" : "s")}, {figure.Width} × {figure.Height}");
            await StepsAsync(Picture.Of(figure), Picture.Of(cloth), threads);
            await WholeAsync(figure, cloth, threads);
        }
    }

    private static async Task StepsAsync(Picture person, Picture cloth, int threads)
    {
        var files = await Models.OpenAsync();
        var (parser, finder) = (files.OpenParser(), files.OpenPoseFinder());
        var times = new Dictionary<string, List<double>>();
        for (var round = 0; round < Rounds; round++)
        {
            var body = Time(times, "parse", () => parser.Parse(person, threads));
            var pose = Time(times, "pose", () => finder.Find(person, body.Person, threads));
            var garment = Time(times, "cut", () => GarmentCutter.Cut(cloth).Garment!);
            var figure = Time(times, "measure", () => new Figure(person, body, pose));
            var fitter = Time(times, "fit", () => new Fitter(garment, figure));
            Time(times, "compose", () => new Composer(garment, figure, fitter).Compose());
        }

        foreach (var (step, all) in times)
            Say(step, all, "");
    }

    private static async Task WholeAsync(Pixels person, Pixels garment, int threads)
    {
        using var bench = new TailorBench(await Models.OpenAsync(), NullLogger<TailorBench>.Instance);
        var (times, peak) = (new List<double>(), 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var began = Stopwatch.GetTimestamp();
            var work = await bench.WorkAsync(person, garment, fits: true, CancellationToken.None, threads);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            peak = Math.Max(peak, work.PeakBytes);
            if (work.Picture is null)
                Console.WriteLine($"  no picture: {work}");
        }

        Say("whole, in its child", times, $"peak {peak / 1024 / 1024} MB");
    }

    private static T Time<T>(Dictionary<string, List<double>> times, string step, Func<T> work)
    {
        var began = Stopwatch.GetTimestamp();
        var made = work();
        if (!times.TryGetValue(step, out var all))
            times[step] = all = [];
        all.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        return made;
    }

    private static void Say(string step, List<double> times, string more)
    {
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {step,-20} median {times[times.Count / 2],6:0} ms   p95 {times[(int)(times.Count * 0.95)],6:0} ms   {more}"));
    }

    private static async Task<Pixels> ReadAsync(Darkroom darkroom, string path) =>
        await darkroom.ExposeAsync(PictureSource.At(path), TailorCraft.WidthMax, TailorCraft.HeightMax) is Exposed.Picture picture
            ? picture.Pixels
            : throw new InvalidOperationException($"{path} cannot be read.");
}
