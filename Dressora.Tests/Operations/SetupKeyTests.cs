using Dressora.Tests.Harness;
using Dressora.Web.Data;
using Dressora.Web.Operations;
using Xunit;

namespace Dressora.Tests.Operations;

public sealed class SetupKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly SetupKey _key;

    public SetupKeyTests() => _key = new SetupKey(new DataFolder(_folder.Path));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_key_stays_the_same_until_it_is_spent()
    {
        var key = _key.Ensure();

        Assert.Equal(key, _key.Ensure());
        Assert.True(_key.Matches(key));
        Assert.True(_key.Matches($" {key}\n"));
        _key.Spend();
        Assert.False(_key.Matches(key));
        Assert.NotEqual(key, _key.Ensure());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Anything_else_does_not_match(string typed)
    {
        _key.Ensure();

        Assert.False(_key.Matches(typed));
    }

    [Fact]
    public void With_no_key_nothing_matches()
    {
        Assert.False(_key.Matches(""));
        _key.Spend();
    }

    [Theory]
    [InlineData("")]
    [InlineData("half")]
    public void A_key_that_was_half_written_is_made_anew_and_never_matches(string half)
    {
        File.WriteAllText(_folder["setup-key"], half);

        Assert.False(_key.Matches(half));
        Assert.Equal(32, _key.Ensure().Length);
    }

    [Fact]
    public void Only_the_owner_of_the_folder_can_read_it()
    {
        _key.Ensure();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder["setup-key"]));
    }
}
