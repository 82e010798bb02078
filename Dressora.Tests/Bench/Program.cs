namespace Dressora.Tests.Bench;

/// <summary>Measurements: they print figures and judge nothing. <c>dotnet run -c Release --project Dressora.Tests -- bench writer</c></summary>
internal static class Program
{
    internal static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["bench", "writer", ..]:
                await WriterBench.RunAsync(args.Length > 2 ? args[2] : Path.GetTempPath());
                return 0;
            default:
                await Console.Error.WriteLineAsync("bench writer [folder]    1,000 small writes a second from 32 callers, with the writer and without");
                return 64;
        }
    }
}
