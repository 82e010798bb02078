using Dressora.Web.Operations;
using Xunit;

namespace Dressora.Tests.Operations;

public sealed class CommandLineTests
{
    [Fact]
    public void Nothing_typed_means_serve()
    {
        var line = CommandLine.Read([], out _)!;

        Assert.Equal("serve", line.Verb.Name);
        Assert.Empty(line.Settings);
    }

    [Fact]
    public void Settings_alone_mean_serve_with_them()
    {
        var line = CommandLine.Read(["--data", "/srv/x", "--Mail:Port=25"], out _)!;

        Assert.Equal("serve", line.Verb.Name);
        Assert.Equal(["--data=/srv/x", "--Mail:Port=25"], line.Settings);
    }

    [Fact]
    public void A_verbs_options_and_the_settings_behind_it_are_told_apart()
    {
        var line = CommandLine.Read(["people", "create", "--email", "a@b.org", "--data=/srv/x", "--name=Ann B"], out _)!;

        Assert.Equal("people create", line.Verb.Name);
        Assert.Equal("a@b.org", line.Options["email"]);
        Assert.Equal("Ann B", line.Options["name"]);
        Assert.Equal(["--data=/srv/x"], line.Settings);
    }

    [Theory]
    [InlineData("help", "admin", "create")]
    [InlineData("admin", "create", "--help")]
    [InlineData("admin", "create", "-h")]
    public void Help_is_asked_for_in_any_of_the_usual_ways(params string[] args)
    {
        var line = CommandLine.Read(args, out _)!;

        Assert.Equal("help", line.Verb.Name);
        Assert.Equal(["help", "admin", "create"], line.Words);
    }

    [Theory]
    [InlineData("\"serv\" is not a verb; did you mean \"serve\"? See: help", "serv")]
    [InlineData("\"admin\" is not a verb; did you mean \"admin create\"? See: help", "admin")]
    [InlineData("\"dance\" is not a verb. See: help", "dance")]
    [InlineData("admin create needs --email: admin create --email <email> [--name <name>]", "admin", "create")]
    [InlineData("admin create needs --email: admin create --email <email> [--name <name>]", "admin", "create", "--email=")]
    [InlineData("--data needs a value behind it. See: help", "serve", "--data")]
    [InlineData("\"x\" stands where an option such as --data was expected. See: help", "--data=y", "x")]
    [InlineData("\"-d\" stands where an option such as --data was expected. See: help", "-d", "x")]
    public void What_is_wrong_with_a_line_is_said(string fault, params string[] args)
    {
        Assert.Null(CommandLine.Read(args, out var said));
        Assert.Equal(fault, said);
    }
}
