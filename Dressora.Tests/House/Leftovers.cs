using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Dressora.Tests.House;

/// <summary>What should not have stayed: notes to oneself, code in comments, the machine's clock, the console, waiting threads.</summary>
internal static partial class Leftovers
{
    private static readonly string[] Clocks =
    [
        "DateTime.Now", "DateTime.UtcNow", "DateTime.Today", "DateTimeOffset.Now", "DateTimeOffset.UtcNow",
        "TimeProvider.System", "Environment.TickCount", "Environment.TickCount64", "Stopwatch.StartNew", "Stopwatch.GetTimestamp",
    ];

    private static readonly string[] Printing = ["Console.Write", "Console.WriteLine", "Console.Error", "Console.Out", "Debug.WriteLine", "Trace.WriteLine"];

    internal static IEnumerable<Finding> CheckNotes(SourceTree tree) => tree.Files.SelectMany(file => file.Lines
        .Select((line, i) => (line, number: i + 1)).Where(pair => Note().IsMatch(pair.line))
        .Select(pair => file.At(pair.number, "a note to oneself.", "Do it, or say why not in the commit.")));

    internal static IEnumerable<Finding> CheckCodeInComments(SourceTree tree) => tree.Code.SelectMany(file => file.Syntax.DescendantTrivia()
        .Where(trivia => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.DisabledTextTrivia
            or SyntaxKind.RegionDirectiveTrivia)
        .Where(trivia => trivia.Kind() is SyntaxKind.DisabledTextTrivia or SyntaxKind.RegionDirectiveTrivia || LooksLikeCode(trivia.ToString()))
        .Select(trivia => file.At(file.LineOf(trivia.SpanStart), "code that is not run.", "Git remembers it: take it out.")));

    internal static IEnumerable<Finding> CheckClocks(SourceTree tree, IReadOnlyDictionary<string, string> excused) =>
        Named(tree, Clocks, excused, "Ask the TimeProvider, so that a test can move the time.");

    internal static IEnumerable<Finding> CheckPrinting(SourceTree tree) => Named(
        new SourceTree([.. tree.Code.Where(file => file.Folders is not ["Operations", ..])]), Printing, new Dictionary<string, string>(),
        "Only the verbs of the command line speak to the console: log it.");

    internal static IEnumerable<Finding> CheckBlocking(SourceTree tree, IReadOnlyDictionary<string, string> excused) => tree.Code
        .Where(file => !excused.ContainsKey(file.Path))
        .SelectMany(file => file.Syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.Text: "GetResult" or "Sleep" })
            .Select(call => file.At(call, "a thread that waits.", "Await it.")));

    private static IEnumerable<Finding> Named(SourceTree tree, string[] names, IReadOnlyDictionary<string, string> excused, string remedy) => tree.Code
        .Where(file => !excused.ContainsKey(file.Path))
        .SelectMany(file => file.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>()
            .Where(access => names.Contains(access.ToString()) || names.Any(name => access.ToString().EndsWith("." + name, StringComparison.Ordinal)))
            .Select(access => file.At(access, $"{access}.", remedy)));

    private static bool LooksLikeCode(string comment)
    {
        var text = comment.TrimStart('/', '*', ' ').TrimEnd('*', '/', ' ');
        return text.EndsWith(';') || text.EndsWith('{') || text.EndsWith("=>", StringComparison.Ordinal) || Statement().IsMatch(text);
    }

    [GeneratedRegex(@"(//|/\*|@\*|<!--).*\b(TODO|FIXME|HACK|XXX)\b")]
    private static partial Regex Note();

    [GeneratedRegex(@"^(var|return|await|if \(|foreach \(|using var|public |private )[\w ]*[=(.].*\)$")]
    private static partial Regex Statement();
}
