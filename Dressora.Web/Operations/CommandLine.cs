using Dressora.Web.Pictures;
using Dressora.Web.Providers;

namespace Dressora.Web.Operations;

/// <summary>What was typed: words that name a verb, the verb's own options, and settings for everything else.</summary>
public sealed record CommandLine(
    Verb Verb, IReadOnlyList<string> Words, IReadOnlyDictionary<string, string> Options, string[] Settings)
{
    private static readonly string[] AskForHelp = ["--help", "-h", "-?"];

    /// <summary>The line, or null and what is wrong with it.</summary>
    public static CommandLine? Read(string[] args, out string fault)
    {
        var words = args.TakeWhile(arg => !arg.StartsWith('-')).ToArray();
        if (args.Any(AskForHelp.Contains))
            return Read(["help", .. words], out fault);
        if (args.Length > 0 && BareArgument(words) is { } rewritten)
            return Read([.. rewritten, .. args[words.Length..]], out fault);
        if (VerbOf(words) is not { } verb)
        {
            fault = Unknown(string.Join(' ', words));
            return null;
        }

        var pairs = Pairs(args[words.Length..], verb, out fault);
        if (pairs is null)
            return null;
        var own = pairs.Where(pair => verb.Options.Any(option => option.Name == pair.Name)).ToList();
        var options = own.DistinctBy(pair => pair.Name).ToDictionary(pair => pair.Name, pair => pair.Value);
        if (verb.Options.FirstOrDefault(option => option.IsNeeded && options.GetValueOrDefault(option.Name, "").Length == 0) is { } missing)
        {
            fault = $"{verb.Name} needs --{missing.Name}: {verb.Usage}";
            return null;
        }

        return new(verb, words, options, [.. pairs.Except(own).Select(pair => $"--{pair.Name}={pair.Value}")]);
    }

    private static Verb? VerbOf(string[] words)
    {
        if (words.Length == 0)
            return Verbs.Serve;
        if (words is [DarkroomChild.Verb])
            return Verbs.Darkroom;
        if (words is [TailorSetup.Verb])
            return Verbs.Tailor;
        return words[0] == Verbs.Help.Name ? Verbs.Help : Verbs.All.FirstOrDefault(verb => verb.Name == string.Join(' ', words));
    }

    /// <summary>A verb that needs one thing takes it without its name: <c>ledger explain job-7</c>.</summary>
    private static string[]? BareArgument(string[] words) =>
        words.Length > 1 && VerbOf(words) is null && VerbOf(words[..^1]) is HouseVerb { Options: [{ IsNeeded: true } only] }
            ? [.. words[..^1], $"--{only.Name}={words[^1]}"]
            : null;

    internal static string Unknown(string typed)
    {
        var meant = Spelling.Closest(typed, Verbs.All.Select(verb => verb.Name))
            ?? Verbs.All.Select(verb => verb.Name).FirstOrDefault(name => name.StartsWith(typed + ' ', StringComparison.Ordinal));
        return $"\"{typed}\" is not a verb" + (meant is null ? "." : $"; did you mean \"{meant}\"?") + " See: help";
    }

    private static List<(string Name, string Value)>? Pairs(string[] args, Verb verb, out string fault)
    {
        fault = "";
        var pairs = new List<(string Name, string Value)>();
        for (var i = 0; i < args.Length; i++)
        {
            var arg = args[i];
            if (!arg.StartsWith("--", StringComparison.Ordinal) || arg.Length == 2)
            {
                fault = $"\"{arg}\" stands where an option such as --data was expected. See: help";
                return null;
            }

            if (verb.Options.Any(option => option.IsFlag && option.Name == arg[2..]))
            {
                pairs.Add((arg[2..], "true"));
                continue;
            }

            var equals = arg.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 && i + 1 == args.Length)
            {
                fault = $"{arg} needs a value behind it. See: help";
                return null;
            }

            pairs.Add(equals < 0 ? (arg[2..], args[++i]) : (arg[2..equals], arg[(equals + 1)..]));
        }

        return pairs;
    }
}
