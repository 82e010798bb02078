using System.Data.Common;
using Dressora.Web.Data;

namespace Dressora.Web.Ledger;

/// <summary>The books row by row, on a connection whose transaction holds still: each question is prepared once.</summary>
internal sealed class BookReader(DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _commands = [];

    internal async Task<List<Account>> AccountsAsync(long after, int atMost, CancellationToken cancel)
    {
        var accounts = new List<Account>();
        await ReadAsync(
            "SELECT user_id, available, held, debt, entries, head, last_at FROM credit_accounts WHERE user_id > @a "
            + $"ORDER BY user_id LIMIT {atMost}",
            after,
            row =>
            {
                accounts.Add(new Account(
                    row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), (byte[])row.GetValue(5),
                    InstantConverter.FromMicroseconds(row.GetInt64(6))));
                return null;
            },
            cancel);
        return accounts;
    }

    internal async Task<Seal?> SealAsync(CancellationToken cancel)
    {
        Seal? seal = null;
        await ReadAsync(
            "SELECT id, accounts, people FROM credit_seal WHERE id = @a",
            1,
            row =>
            {
                seal = new Seal(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
                return null;
            },
            cancel);
        return seal;
    }

    internal Task GrantsAsync(long userId, Action<Grant> take, CancellationToken cancel) => ReadAsync(
        $"SELECT {GrantRows.Columns} FROM credit_grants WHERE user_id = @a",
        userId,
        row =>
        {
            take(GrantRows.Read(row));
            return null;
        },
        cancel);

    internal Task HoldsAsync(long userId, Action<Hold> take, CancellationToken cancel) => ReadAsync(
        $"SELECT {HoldRows.Columns} FROM credit_holds WHERE user_id = @a",
        userId,
        row =>
        {
            take(HoldRows.Read(row));
            return null;
        },
        cancel);

    /// <summary>Stops at, and returns, the first thing that is wrong.</summary>
    internal Task<string?> EntriesAsync(long userId, Func<Entry, string?> play, CancellationToken cancel) => ReadAsync(
        $"SELECT {EntryRows.Columns} FROM credit_entries WHERE user_id = @a ORDER BY number",
        userId,
        row => play(EntryRows.Read(row)),
        cancel);

    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
    }

    private async Task<string?> ReadAsync(string sql, long argument, Func<DbDataReader, string?> take, CancellationToken cancel)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            _commands[sql] = command = connection.CreateCommand();
            command.CommandText = sql;
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@a";
            command.Parameters.Add(parameter);
        }

        command.Parameters[0].Value = argument;
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            if (take(row) is { } fault)
                return fault;
        }

        return null;
    }
}
