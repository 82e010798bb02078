using Dressora.Tests.Harness;

namespace Dressora.Tests.Bench;

/// <summary>Measurements: they print figures and judge nothing. <c>dotnet run -c Release --project Dressora.Tests -- bench writer</c></summary>
internal static class Program
{
    internal static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["act", ..]:
                return await Acts.RunAsync(args[1..]);
            case ["bench", "writer", ..]:
                await WriterBench.RunAsync(args.Length > 2 ? args[2] : Path.GetTempPath());
                return 0;
            case ["bench", "ledger", ..]:
                await LedgerBench.RunAsync(
                    args.Length > 2 ? args[2] : Path.GetTempPath(),
                    args.Length > 3 ? int.Parse(args[3], System.Globalization.CultureInfo.InvariantCulture) : 100_000);
                return 0;
            case ["bench", "media"]:
                await MediaBench.RunAsync();
                return 0;
            case ["bench", "pictures"]:
                await PicturesBench.RunAsync();
                return 0;
            case ["bench", "tailor", var person, var garment]:
                await TailorBenchmark.RunAsync(person, garment);
                return 0;
            default:
                await Console.Error.WriteLineAsync("bench ledger [folder] [entries]    freeze, settle, sustained, and a check of that many entries");
                await Console.Error.WriteLineAsync("bench media    parts of a film for a hundred readers at once, and 1,000 thumbnails a second");
                await Console.Error.WriteLineAsync("bench pictures    a photo of 12 MP to its clean original and four widths, beside vipsthumbnail");
                await Console.Error.WriteLineAsync("bench tailor person.jpg top.jpg    a fitting, step by step and as a whole");
                await Console.Error.WriteLineAsync("bench writer [folder]    1,000 small writes a second from 32 callers, with the writer and without");
                return 64;
        }
    }
}
