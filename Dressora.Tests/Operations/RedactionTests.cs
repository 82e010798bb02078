using Dressora.Web.Operations;
using Xunit;

namespace Dressora.Tests.Operations;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("Mail to asha.k+x@mail.example.org failed", "Mail to [e-mail] failed")]
    [InlineData("Key (email)=(asha@example.org) already exists.", "Key (email)=([e-mail]) already exists.")]
    [InlineData("returnTo asha%40example.org", "returnTo [e-mail]")]
    [InlineData("GET https://example.org/reset?code=abc&x=1 was slow", "GET https://example.org/reset?[query] was slow")]
    [InlineData("https://r2.example.org/a.jpg?X-Amz-Signature=00ff", "https://r2.example.org/a.jpg?[query]")]
    [InlineData("code 5P4XEkHq0TRspoCPUti16B8nUW3CFVr8 is spent", "code [secret] is spent")]
    [InlineData("/account/confirm/-k9VB5X_dP2dvuA0R1X-gQy6PZj-048l", "/account/confirm/[secret]")]
    [InlineData("hash da39a3ee5e6b4b0d3255bfef95601890afd80709", "hash [secret]")]
    public void What_opens_or_names_something_is_masked(string line, string kept) => Assert.Equal(kept, Redaction.Of(line));

    [Theory]
    [InlineData("GET /account/sign-in 200 in 54 ms (0HNQ6T8FNLAG4:00000001)")]
    [InlineData("Is that all? Yes, at 2026-11-20T10:13:14.5550000+00:00 it was.")]
    [InlineData("2026-11-20 10:13:14.555 WRN A write kept everybody waiting for 5381.3555 ms")]
    [InlineData("   at Dressora.Web.Operations.VerbDoor.<RunAsync>d__12.MoveNext() in VerbDoor.cs:line 91")]
    [InlineData("Person 118 was invited by person 3")]
    [InlineData("SQLite Error 13: 'database or disk is full'.")]
    public void What_an_owner_needs_is_kept(string line) => Assert.Equal(line, Redaction.Of(line));

    [Fact]
    public async Task A_very_long_line_is_masked_in_a_moment()
    {
        var line = string.Concat(Enumerable.Repeat("aaaaaaaa.", 20_000)) + "@" + new string('b', 50_000);

        await Task.Run(() => Redaction.Of(line)).WaitAsync(TimeSpan.FromSeconds(30));
    }
}
