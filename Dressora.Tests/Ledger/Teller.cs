using System.Data.Common;
using Dressora.Tests.Harness;
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
    internal const int PeopleMax = 10;
    private const int TogetherMax = 16;

    private readonly string _mark = $"#{story}#";

    internal long FirstUser { get; } = (long)story * PeopleMax;

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
        var (state, grants, holds) = await StateAsync(write);
        var said = Script.Describe(Number(answer, grants, holds)).Replace(_mark, "", StringComparison.Ordinal);
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

    /// <summary>Rows are numbered from one within the story, as the model numbers them.</summary>
    private static object Number(object answer, List<long> grants, List<long> holds) => answer switch
    {
        Granted granted => granted with { GrantId = grants.IndexOf(granted.GrantId) + 1 },
        AlreadyGranted granted => new AlreadyGranted(grants.IndexOf(granted.GrantId) + 1),
        Frozen frozen => frozen with { HoldId = holds.IndexOf(frozen.HoldId) + 1 },
        AlreadyHeld held => new AlreadyHeld(holds.IndexOf(held.HoldId) + 1),
        _ => answer,
    };

    private async Task<(string State, List<long> Grants, List<long> Holds)> StateAsync(Write write)
    {
        (string, object?)[] mine = [("@from", FirstUser), ("@to", FirstUser + PeopleMax - 1)];
        var people = await write.RowsAsync(
            "SELECT user_id, available, held, debt, last_at FROM credit_accounts WHERE user_id BETWEEN @from AND @to AND entries > 0 ORDER BY user_id",
            row => Words.Person(row.GetInt64(0) - FirstUser, row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), Instant(row, 4)), mine);
        var grants = new List<long>();
        var gifts = await write.RowsAsync(
            "SELECT id, source, user_id, category, scope, effective_at, expires_at, issued, available, held, spent, expired, revoked, recalled, owed "
            + "FROM credit_grants WHERE user_id BETWEEN @from AND @to ORDER BY id", row => ReadGrant(row, grants), mine);
        var parts = await write.RowsAsync(
            "SELECT s.hold_id, s.grant_id, s.amount FROM credit_slices s JOIN credit_holds h ON h.id = s.hold_id "
            + "WHERE h.user_id BETWEEN @from AND @to ORDER BY s.hold_id, s.position",
            row => (Hold: row.GetInt64(0), Grant: grants.IndexOf(row.GetInt64(1)) + 1, Amount: row.GetInt64(2)), mine);
        var ofHold = parts.ToLookup(part => part.Hold, part => (part.Grant, part.Amount));
        var holds = new List<long>();
        var claims = await write.RowsAsync(
            "SELECT id, reference, user_id, scope, amount, state, charged, deadline FROM credit_holds WHERE user_id BETWEEN @from AND @to ORDER BY id",
            row => ReadHold(row, holds, ofHold), mine);
        return (string.Join('\n', [.. people, .. gifts, .. claims]).Replace(_mark, "", StringComparison.Ordinal), grants, holds);
    }

    private string ReadGrant(DbDataReader row, List<long> grants)
    {
        grants.Add(row.GetInt64(0));
        return Words.Grant(
            grants.Count, row.GetString(1), row.GetInt64(2) - FirstUser, Enum.Parse<Category>(row.GetString(3)), row.GetString(4),
            Instant(row, 5), Instant(row, 6),
            (row.GetInt64(7), row.GetInt64(8), row.GetInt64(9), row.GetInt64(10), row.GetInt64(11), row.GetInt64(12), row.GetInt64(13), row.GetInt64(14)));
    }

    private string ReadHold(DbDataReader row, List<long> holds, ILookup<long, (int, long)> parts)
    {
        holds.Add(row.GetInt64(0));
        return Words.Hold(
            holds.Count, row.GetString(1), row.GetInt64(2) - FirstUser, row.GetString(3), row.GetInt64(4),
            Enum.Parse<HoldState>(row.GetString(5)), row.GetInt64(6), Instant(row, 7), parts[row.GetInt64(0)]);
    }

    private static DateTimeOffset Instant(DbDataReader row, int column) => InstantConverter.FromMicroseconds(row.GetInt64(column));

    private sealed class UndoneException : Exception;
}
