using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Dressora.Tests.Harness;
using FsCheck;
using FsCheck.Fluent;
using Xunit;
using Xunit.Abstractions;

namespace Dressora.Tests.Ledger;

/// <summary>
/// Random stories, told to the model and to the real ledger. DRESSORA_LEDGER_COMMANDS says how many commands (50,000),
/// DRESSORA_LEDGER_SEED repeats a run.
/// </summary>
public abstract class ModelTests(ITestOutputHelper output, int share, Engine[] engines)
{
    private const int CommandsPerStory = 80;
    private const int VerifyEvery = 200;

    private static readonly int Commands = Number("DRESSORA_LEDGER_COMMANDS", 50_000);
    private static readonly int Seed = Number("DRESSORA_LEDGER_SEED", Random.Shared.Next());

    [Fact]
    public void The_ledger_answers_and_counts_as_the_model_does()
    {
        var (took, commands, stories) = (Stopwatch.StartNew(), 0L, 0);
        var (meter, answers) = (new Meter(), new SortedDictionary<string, long>(StringComparer.Ordinal));
        using var tellers = new Tellers(engines);
        Stories.Check(Seed, Math.Max(1, Commands / CommandsPerStory / share), steps =>
        {
            var lines = Script.Of(steps, meter).Lines;
            tellers.Tell(lines, verify: ++stories % VerifyEvery == 0);
            commands += lines.Count;
            foreach (var line in lines)
                answers[line.Answer.Split(' ')[0]] = answers.GetValueOrDefault(line.Answer.Split(' ')[0]) + 1;
        });
        var verified = tellers.Verify();
        output.WriteLine(
            $"{string.Join(" and ", engines)}: {commands:N0} commands in {stories:N0} stories agree with the model, seed {Seed}, "
            + $"{took.Elapsed.TotalSeconds:N0} s; {verified}; {meter.Cells} cells, the rarest {meter.Rarest}; {string.Join(", ", answers.Where(answer => answer.Value > 99))}");
        if (commands >= 40_000)
            Assert.True(!meter.Empty.Any(), $"Never reached: {string.Join("; ", meter.Empty)}.");
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}

public sealed partial class SqliteModelTests(ITestOutputHelper output) : ModelTests(output, share: 1, [Engine.Sqlite])
{
    /// <summary>A test of the test: whoever gives back one credit less is found, by a story of a few lines.</summary>
    [Fact]
    public void A_difference_is_found_and_told_in_the_shortest_story()
    {
        using var tellers = new Tellers([Engine.Sqlite]);

        var found = Assert.Throws<DifferException>(() => Stories.Check(seed: 1, stories: 100, steps =>
            tellers.Tell([.. Script.Of(steps).Lines.Select(Wrong)], verify: false)));

        var story = found.Message.Split("\n\n")[0].Split('\n')[1..];
        Assert.Equal(["Give", "Freeze", "Settle"], story.Select(line => Verb().Match(line).Groups[1].Value));
        Assert.StartsWith("DRESSORA_LEDGER_SEED=1.", found.Message, StringComparison.Ordinal);

        static Line Wrong(Line line) => line with { Answer = GivesBack().Replace(line.Answer, back => $"GivenBack = {int.Parse(back.Groups[1].Value, CultureInfo.InvariantCulture) - 1}") };
    }

    [GeneratedRegex("(?<=Settled .*)GivenBack = ([1-9][0-9]*)")]
    private static partial Regex GivesBack();

    [GeneratedRegex(@"Ask = (\w+)")]
    private static partial Regex Verb();
}

/// <summary>Both engines hear the same stories, so all three agree.</summary>
[Trait("needs", "postgres")]
public sealed class PostgresModelTests(ITestOutputHelper output) : ModelTests(output, share: 20, [Engine.Sqlite, Engine.Postgres]);
