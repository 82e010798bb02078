using Dressora.Web.Data;
using Dressora.Web.Ledger;

namespace Dressora.Tests.Ledger;

/// <summary>The real ledger and the model do not agree.</summary>
internal sealed class DifferException(string message) : Exception(message);

/// <summary>
/// Tells the real ledger a story and holds every answer and every counter against the model's. Each story has people,
/// keys and references of its own, so that one database hears thousands.
/// </summary>
internal sealed class Teller(Vault vault, int story)
{
    private const int PeopleMax = 10;
    private const int TogetherMax = 16;

    private readonly string _mark = $"#{story}#";

    private long FirstUser { get; } = (long)story * PeopleMax;

    internal async Task TellAsync(IReadOnlyList<Line> lines)
    {
        for (var i = 0; i < lines.Count;)
        {
            var first = lines[i];
            var together = first.Undone ? 1 : lines.Skip(i).TakeWhile(line => !line.Undone && line.Clock == first.Clock).Take(TogetherMax).Count();
            vault.Clock.Set(first.Clock);
            await WriteAsync(lines, i, together);
            i += together;
        }

        await Recount.CheckAsync(vault.Database, FirstUser, FirstUser + PeopleMax - 1);
    }

    private async Task WriteAsync(IReadOnlyList<Line> lines, int from, int count)
    {
        try
        {
            await vault.Database.WriteAsync(async write =>
            {
                for (var i = from; i < from + count; i++)
                    await CompareAsync(write, lines, i);
                if (lines[from].Undone)
                    throw new UndoneException();
            });
        }
        catch (UndoneException)
        {
        }
    }

    private async Task CompareAsync(Write write, IReadOnlyList<Line> lines, int i)
    {
        var line = lines[i];
        var answer = await AnswerAsync(write, line.Ask);
        var inventory = await new Inventory(FirstUser, FirstUser + PeopleMax - 1, _mark).ReadAsync(write);
        var (said, state) = (inventory.Describe(answer), inventory.Text);
        if (said == line.Answer && state == line.State)
            return;
        var asked = string.Join('\n', lines.Take(i + 1).Select(one => $"  {Words.At(one.Clock)} {one.Ask}{(one.Undone ? " (undone)" : "")} -> {one.Answer}"));
        var (model, real) = (line.State.Split('\n'), state.Split('\n'));
        throw new DifferException(
            $"{vault.Engine} differs after command {i}:\n{asked}\nmodel answers: {line.Answer}\n{vault.Engine} answers: {said}\n"
            + $"only in the model:\n  {string.Join("\n  ", model.Except(real))}\nonly in {vault.Engine}:\n  {string.Join("\n  ", real.Except(model))}");
    }

    private async Task<object> AnswerAsync(Write write, Ask ask)
    {
        try
        {
            return await AskAsync(write, ask);
        }
        catch (ArgumentException)
        {
            return Model.AtTheDoor;
        }
    }

    private async Task<object> AskAsync(Write write, Ask ask)
    {
        var (ledger, command) = (vault.Ledger, new Command(_mark + ask.Key));
        return ask switch
        {
            Give { Resets: null } give => await ledger.GrantAsync(write, Mine(give.Order)),
            Give { Resets: { } resets } give => await ledger.RenewAsync(write, Mine(give.Order), resets),
            Freeze freeze => await ledger.FreezeAsync(
                write, command, FirstUser + freeze.User, freeze.Amount, _mark + freeze.Reference, freeze.Scope, freeze.Lifetime),
            Settle settle => await ledger.SettleAsync(write, command, _mark + settle.Reference, settle.Actual),
            Release release => await ledger.ReleaseAsync(write, command, _mark + release.Reference, release.Cause, "told"),
            Revoke revoke => await ledger.RevokeAsync(write, command, Mine(revoke.Source), revoke.Portion, "told"),
            Adjust adjust => await ledger.AdjustAsync(write, command, FirstUser + adjust.User, adjust.Amount, adjust.Reason),
            Forfeit forfeit => await ledger.ForfeitAsync(write, command, FirstUser + forfeit.User, "told"),
            Expire expire => await ledger.ExpireAsync(write, expire.AtMost),
            Overdue overdue => string.Join(' ', await ledger.ReleaseOverdueAsync(write, overdue.AtMost)),
            _ => throw new ArgumentOutOfRangeException(nameof(ask)),
        };
    }

    private GrantOrder Mine(GrantOrder order) => order with { UserId = FirstUser + order.UserId, Source = Mine(order.Source) };

    /// <summary>A gift's source names the key of its command, which is ours already.</summary>
    private string Mine(string source) => source.StartsWith("gift:", StringComparison.Ordinal)
        ? $"gift:{_mark}{source["gift:".Length..]}"
        : _mark + source;

    private sealed class UndoneException : Exception;
}
