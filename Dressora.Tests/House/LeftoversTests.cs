using Xunit;

namespace Dressora.Tests.House;

public sealed class LeftoversTests
{
    private static readonly Dictionary<string, string> MachineClock = new()
    {
        ["Dressora.Web/Program.cs"] = "hands the machine's clock to everybody",
        ["Dressora.Web/Operations/Alone.cs"] = "waits for another process, before there are any services",
        ["Dressora.Web/Operations/Start.cs"] = "names itself in the lock before there are any services",
    };

    private static readonly Dictionary<string, string> Blocking = new()
    {
        ["Dressora.Web/Data/Sqlite/SqliteWriter.cs"] = "the one thread that writes waits for work",
        ["Dressora.Web/Data/Sqlite/QueuedWrite.cs"] = "runs the work on that thread",
    };

    private static readonly Dictionary<string, string> None = [];

    [Fact]
    public void Nobody_left_notes() => Clean.Of(Leftovers.CheckNotes(SourceTree.Product).Concat(Leftovers.CheckNotes(SourceTree.Tests)
        .Where(finding => !finding.Path.Contains("/House/Leftovers", StringComparison.Ordinal))));

    [Fact]
    public void No_code_is_in_comments() =>
        Clean.Of(Leftovers.CheckCodeInComments(SourceTree.Product).Concat(Leftovers.CheckCodeInComments(SourceTree.Tests)));

    [Fact]
    public void Time_comes_from_the_TimeProvider() => Clean.Of(Leftovers.CheckClocks(SourceTree.Product, MachineClock));

    [Fact]
    public void Only_verbs_print() => Clean.Of(Leftovers.CheckPrinting(SourceTree.Product));

    [Fact]
    public void No_thread_waits() => Clean.Of(Leftovers.CheckBlocking(SourceTree.Product, Blocking));

    [Theory]
    [InlineData("// TODO: later")]
    [InlineData("int x; // FIXME")]
    [InlineData("/* HACK */")]
    public void A_note_is_found(string text) => Assert.Single(Leftovers.CheckNotes(Planted(text)));

    [Fact]
    public void A_note_in_a_view_is_found() =>
        Assert.Single(Leftovers.CheckNotes(SourceTree.Of("Dressora.Web/Pages/X.cshtml", "<p>\n@* TODO *@</p>")));

    [Theory]
    [InlineData("// var x = 1;")]
    [InlineData("// await store.WriteAsync(one)")]
    [InlineData("/* if (x) { y(); } else {*/")]
    [InlineData("#if false\nclass X;\n#endif")]
    [InlineData("#region Fields\n#endregion")]
    public void Code_in_a_comment_is_found(string text) => Assert.Single(Leftovers.CheckCodeInComments(Planted(text)));

    [Theory]
    [InlineData("// Rung already: one look finds every letter.")]
    [InlineData("// If it was taken (twice), nothing happens.")]
    [InlineData("/// <summary>Returns a line.</summary>\nclass X;")]
    public void A_sentence_is_not(string text) => Assert.Empty(Leftovers.CheckCodeInComments(Planted(text)));

    [Theory]
    [InlineData("DateTime.Now")]
    [InlineData("System.DateTimeOffset.UtcNow")]
    [InlineData("Stopwatch.StartNew()")]
    [InlineData("TimeProvider.System.GetUtcNow()")]
    public void The_machines_clock_is_found(string text) =>
        Assert.Single(Leftovers.CheckClocks(Planted($"class X {{ object Y() => {text}; }}"), None));

    [Fact]
    public void Printing_is_found() =>
        Assert.Single(Leftovers.CheckPrinting(Planted("class X { void Y() => Console.WriteLine(1); }")));

    [Theory]
    [InlineData("Y().GetAwaiter().GetResult()")]
    [InlineData("Thread.Sleep(1)")]
    public void A_thread_that_waits_is_found(string text) =>
        Assert.Single(Leftovers.CheckBlocking(Planted($"class X {{ void Z() => {text}; }}"), None));

    private static SourceTree Planted(string text) => SourceTree.Of("Dressora.Web/Data/X.cs", text);
}
