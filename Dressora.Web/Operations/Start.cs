using Dressora.Web.Data;

namespace Dressora.Web.Operations;

/// <summary>One start of the program: what was typed, and how the house is built from it.</summary>
public sealed record Start(CommandLine Line, Func<OpenedHouse, WebApplication> Furnish)
{
    public static async Task<int> RunAsync(string[] args, Func<OpenedHouse, WebApplication> furnish)
    {
        if (CommandLine.Read(args, out var fault) is not { } line)
        {
            await Console.Error.WriteLineAsync(fault);
            return Exit.Usage;
        }

        var start = new Start(line, furnish);
        try
        {
            return line.Verb switch
            {
                OwnVerb own => await own.RunAsync(start),
                HouseVerb inside => await Alone.RunAsync(start, inside),
                _ => Exit.Usage,
            };
        }
        catch (InvalidDataException e)
        {
            return Refuse([$"A settings file beside the program cannot be read: {e.InnerException?.Message ?? e.Message}"]);
        }
    }

    public OpenedHouse Open() => OpenedHouse.Open(Line.Settings, quiet: Line.Verb != Verbs.Serve);

    internal static int Refuse(IReadOnlyList<string> faults, string says = "Dressora did not start")
    {
        Console.Error.WriteLine(faults.Count == 1 ? $"{says}:" : $"{says}, for {faults.Count} reasons:");
        foreach (var fault in faults)
            Console.Error.WriteLine($"- {fault}");
        return Exit.Configuration;
    }

    /// <summary>The folder made and held, or null when somebody else was quicker.</summary>
    internal static FolderLock? MoveIn(DataFolder folder, string purpose, out string heldBy)
    {
        folder.Create();
        OwnerOnly.Close(folder.Root, OwnerOnly.Folder);
        var now = TimeProvider.System.GetUtcNow();
        return FolderLock.TryTake(folder, $"process {Environment.ProcessId}, since {now:yyyy-MM-dd HH:mm:ss} UTC, {purpose}", out heldBy);
    }
}
