namespace Dressora.Web.Operations;

internal static class Help
{
    internal static Task<int> RunAsync(Start start)
    {
        var about = string.Join(' ', start.Line.Words.Skip(1));
        if (about.Length == 0)
        {
            SayAll();
            return Task.FromResult(Exit.Done);
        }

        var found = Verbs.All.Where(verb => verb.Name == about || verb.Name.StartsWith(about + ' ', StringComparison.Ordinal)).ToList();
        if (found.Count == 0)
        {
            Console.Error.WriteLine(CommandLine.Unknown(about));
            return Task.FromResult(Exit.Usage);
        }

        foreach (var verb in found)
            Console.WriteLine($"./run.sh {verb.Usage}\n  {verb.Says}");
        return Task.FromResult(Exit.Done);
    }

    private static void SayAll()
    {
        Console.WriteLine("./run.sh [verb] [options] [settings]\n\nVerbs:");
        foreach (var verb in Verbs.All)
            Console.WriteLine($"  {verb.Usage}\n      {verb.Says}");
        Console.WriteLine(
            """

            Settings may stand behind any verb:
              --data <folder>      where everything is kept; ./data when not said
              --urls <addresses>   where to listen; http://127.0.0.1:5080 when not said
              --Mail:Host <name>   any other setting by its name; "config check" lists them all
            """);
    }
}
