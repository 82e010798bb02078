using Xunit;

namespace Dressora.Tests.House;

public sealed class TidinessTests
{
    private const int TestMax = 400;

    /// <summary>Longer than the aim, and better so.</summary>
    private static readonly Dictionary<string, string> Long = new()
    {
        ["Dressora.Web/Accounts/ForeignProviders.cs"] = "one company's sign-in from asking to answer",
        ["Dressora.Web/Identity/AppUser.cs"] = "an account and each of its transitions",
        ["Dressora.Web/Operations/VerbDoor.cs"] = "one conversation over the socket",
    };

    private static readonly Dictionary<string, string> Tables = new()
    {
        ["Dressora.Web/Pages/Errors/ErrorWords.cs"] = "a table: one arm an answer",
    };

    private static readonly Dictionary<string, string> None = [];

    [Fact]
    public void Files_of_the_product_are_small() => Clean.Of(Tidiness.CheckSizes(SourceTree.Product, Tidiness.FileAim, Tidiness.FileMax, Long));

    [Fact]
    public void Files_of_the_tests_are_bearable() => Clean.Of(Tidiness.CheckSizes(SourceTree.Tests, TestMax, TestMax, None));

    [Fact]
    public void Views_are_small() => Clean.Of(Tidiness.CheckViewSizes(SourceTree.Product));

    [Fact]
    public void Methods_are_small() =>
        Clean.Of(Tidiness.CheckMethods(SourceTree.Product, Tables).Concat(Tidiness.CheckMethods(SourceTree.Tests, None)));

    [Fact]
    public void Nothing_is_named_like_a_bag() =>
        Clean.Of(Tidiness.CheckNames(SourceTree.Product).Concat(Tidiness.CheckNames(SourceTree.Tests)));

    [Fact]
    public void Classes_are_sealed() => Clean.Of(Tidiness.CheckSealed(SourceTree.Product));

    [Fact]
    public void Interfaces_have_two_implementations_and_no_bodies() => Clean.Of(Tidiness.CheckInterfaces(SourceTree.Product));

    [Fact]
    public void Nouns_change_by_transitions() => Clean.Of(Tidiness.CheckSetters(SourceTree.Product));

    [Fact]
    public void A_long_file_is_found_unless_it_is_listed()
    {
        var tree = Planted(Lines(Tidiness.FileAim + 1));

        Assert.Single(Tidiness.CheckSizes(tree, Tidiness.FileAim, Tidiness.FileMax, None));
        Assert.Empty(Tidiness.CheckSizes(tree, Tidiness.FileAim, Tidiness.FileMax, new Dictionary<string, string> { ["Dressora.Web/Data/X.cs"] = "one table" }));
    }

    [Fact]
    public void A_file_beyond_all_measure_is_found_though_it_is_listed() => Assert.Single(Tidiness.CheckSizes(
        Planted(Lines(Tidiness.FileMax + 1)), Tidiness.FileAim, Tidiness.FileMax, new Dictionary<string, string> { ["Dressora.Web/Data/X.cs"] = "one table" }));

    [Fact]
    public void An_excuse_that_is_not_needed_any_more_is_found() => Assert.Single(Tidiness.CheckSizes(
        Planted(Lines(10)), Tidiness.FileAim, Tidiness.FileMax, new Dictionary<string, string> { ["Dressora.Web/Data/X.cs"] = "one table" }));

    [Fact]
    public void A_long_view_is_found() => Assert.Single(Tidiness.CheckViewSizes(
        SourceTree.Of("Dressora.Web/Pages/Home/Index.cshtml", Lines(Tidiness.ViewMax + 1))));

    [Fact]
    public void A_wide_line_is_found() =>
        Assert.Equal(2, Assert.Single(Tidiness.CheckWidths(Planted("\n//" + new string('x', Tidiness.WidthMax)))).Line);

    [Fact]
    public void A_long_method_is_found()
    {
        var body = string.Concat(Enumerable.Repeat("        Be();\n", Tidiness.MethodMax));

        Assert.Single(Tidiness.CheckMethods(Planted($"class X\n{{\n    void Be()\n    {{\n{body}    }}\n}}"), None));
        Assert.Single(Tidiness.CheckMethods(Planted($"class X\n{{\n    X()\n    {{\n{body}    }}\n}}"), None));
    }

    [Theory]
    [InlineData("class CreditManager;")]
    [InlineData("record MailHelper;")]
    [InlineData("static class StringUtils;")]
    [InlineData("interface ICommonThing;")]
    [InlineData("enum ServiceKind { }")]
    public void A_bag_is_found(string text) => Assert.Single(Tidiness.CheckNames(Planted(text)));

    [Theory]
    [InlineData("class Manage;")]
    [InlineData("class Commons;")]
    [InlineData("class FutileAttempt;")]
    public void A_word_that_only_looks_like_a_bag_is_not(string text) => Assert.Empty(Tidiness.CheckNames(Planted(text)));

    [Theory]
    [InlineData("public class X;")]
    [InlineData("public record X(int Y);")]
    [InlineData("sealed class X { class Y; }")]
    public void An_open_class_is_found(string text) => Assert.Single(Tidiness.CheckSealed(Planted(text)));

    [Theory]
    [InlineData("sealed class X; static class Y; abstract record Z; record struct V; interface I;")]
    public void A_closed_class_is_not(string text) => Assert.Empty(Tidiness.CheckSealed(Planted(text)));

    [Theory]
    [InlineData("interface IOne { void Be(); } class One : IOne;")]
    [InlineData("interface ITwo { int Size => 1; } class A : ITwo; class B : ITwo;")]
    [InlineData("interface ITwo { void Be() { } } class A : ITwo; class B : ITwo;")]
    public void An_interface_for_one_or_with_a_body_is_found(string text) => Assert.Single(Tidiness.CheckInterfaces(Planted(text)));

    [Fact]
    public void An_interface_for_two_is_not() =>
        Assert.Empty(Tidiness.CheckInterfaces(Planted("interface ITwo { int Size { get; } } class A : ITwo; record B : ITwo;")));

    [Fact]
    public void A_public_setter_of_a_noun_is_found() => Assert.Single(Tidiness.CheckSetters(Planted(
        "class Job { public int A { get; set; } public int B { get; private set; } public int C { get; init; } int D { get; set; } }")));

    [Fact]
    public void What_a_base_class_asks_for_is_not_ours_to_shape() =>
        Assert.Empty(Tidiness.CheckSetters(Planted("class Late : Stream { public override long Position { get; set; } }")));

    [Fact]
    public void Options_and_forms_may_be_set()
    {
        Assert.Empty(Tidiness.CheckSetters(Planted("class JobOptions { public int A { get; set; } }")));
        Assert.Empty(Tidiness.CheckSetters(SourceTree.Of("Dressora.Web/Pages/Home/X.cshtml.cs", "class Input { public int A { get; set; } }")));
    }

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("// a line\n", count));

    private static SourceTree Planted(string text) => SourceTree.Of("Dressora.Web/Data/X.cs", text);
}
