using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dressora.Tests.Harness;
using Dressora.Web.Identity;
using Microsoft.AspNetCore.DataProtection;
using Xunit;

namespace Dressora.Tests.Identity;

public sealed class PuzzleTests
{
    private readonly FakeClock _clock = new();
    private readonly Puzzles _puzzles;

    public PuzzleTests() => _puzzles = new Puzzles(new EphemeralDataProtectionProvider(), _clock);

    [Fact]
    public void Either_the_sum_or_the_work_will_do()
    {
        var puzzle = Waited(_puzzles.Make());

        Assert.Equal(PuzzleAnswer.Right, _puzzles.Check(puzzle.Challenge, null, Sum(puzzle)));
        Assert.Equal(PuzzleAnswer.Right, _puzzles.Check(puzzle.Challenge, Work(puzzle), null));
        Assert.Equal(PuzzleAnswer.Right, _puzzles.Check(puzzle.Challenge, "junk", $" {Sum(puzzle)} "));
    }

    [Theory]
    [InlineData("1", "99")]
    [InlineData("", "")]
    [InlineData("-1", "two")]
    [InlineData("99999999999999999999", "1e1")]
    [InlineData("٣", "٣")]
    public void Anything_else_is_wrong(string work, string sum)
    {
        var puzzle = Waited(_puzzles.Make());

        Assert.Equal(PuzzleAnswer.Wrong, _puzzles.Check(puzzle.Challenge, work, sum));
    }

    [Fact]
    public void People_take_two_seconds_at_least_and_two_hours_at_most()
    {
        var puzzle = _puzzles.Make();
        Assert.Equal(PuzzleAnswer.TooFast, _puzzles.Check(puzzle.Challenge, null, Sum(puzzle)));

        _clock.Advance(Puzzles.AgeMax);
        Assert.Equal(PuzzleAnswer.Right, _puzzles.Check(puzzle.Challenge, null, Sum(puzzle)));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(PuzzleAnswer.Stale, _puzzles.Check(puzzle.Challenge, null, Sum(puzzle)));
    }

    [Fact]
    public void Another_houses_puzzle_is_stale()
    {
        var foreign = new Puzzles(new EphemeralDataProtectionProvider(), _clock).Make();

        Assert.Equal(PuzzleAnswer.Stale, _puzzles.Check(foreign.Challenge, null, Sum(foreign)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("AAAA")]
    public void What_is_no_puzzle_is_stale(string? challenge) =>
        Assert.Equal(PuzzleAnswer.Stale, _puzzles.Check(challenge, "1", "4"));

    [Fact]
    public void A_puzzle_has_one_name_however_its_seal_is_spelled()
    {
        var challenge = _puzzles.Make().Challenge;

        Assert.Equal(_puzzles.HashOf(challenge), _puzzles.HashOf($" {challenge[..9]} {challenge[9..]}\n"));
        Assert.NotEqual(_puzzles.HashOf(challenge), _puzzles.HashOf(_puzzles.Make().Challenge));
    }

    private Puzzle Waited(Puzzle puzzle)
    {
        _clock.Advance(TimeSpan.FromSeconds(2));
        return puzzle;
    }

    private static string Sum(Puzzle puzzle) => (puzzle.First + puzzle.Second).ToString(CultureInfo.InvariantCulture);

    private static string Work(Puzzle puzzle) => Enumerable.Range(0, int.MaxValue)
        .Select(n => n.ToString(CultureInfo.InvariantCulture))
        .First(n => SHA256.HashData(Encoding.UTF8.GetBytes($"{puzzle.Challenge}:{n}")) is [0, 0, ..]);
}
