namespace Dressora.Web.Data;

/// <summary>Brings the schema up to this program's, a file at a time; a killed start goes on at the file it had reached.</summary>
public sealed partial class Migrator(Func<ISchema> openSchema, TimeProvider clock, ILogger<Migrator> log)
{
    /// <summary>Returns how many files ran. Throws <see cref="SchemaFaultException"/> when the database is not ours to change.</summary>
    public Task<int> MigrateAsync(CancellationToken cancel = default) => MigrateAsync(Migration.Of, cancel);

    internal async Task<int> MigrateAsync(Func<string, IReadOnlyList<Migration>> files, CancellationToken cancel = default)
    {
        await using var schema = openSchema();
        await schema.OpenAsync(cancel);
        var applied = await schema.AppliedAsync(cancel);
        var known = files(schema.Engine);
        RefuseStranger(applied, known);

        var pending = known.Skip(applied.Count).ToList();
        if (pending.Count > 0 && applied.Count > 0)
            await schema.SnapshotAsync(applied.Count, known.Count, cancel);
        foreach (var migration in pending)
        {
            await schema.ApplyAsync(migration, clock.GetUtcNow(), cancel);
            Log.Applied(log, migration.Number, migration.Name);
        }

        return pending.Count;
    }

    private static void RefuseStranger(IReadOnlyList<AppliedMigration> applied, IReadOnlyList<Migration> known)
    {
        if (applied.Count > known.Count)
        {
            throw new SchemaFaultException(
                $"The database is at version {applied.Count}, this program knows only {known.Count}: start the newer "
                + "program, or put the snapshot from before the upgrade back.");
        }

        foreach (var (was, now) in applied.Zip(known))
        {
            if (was.Number != now.Number || was.Sha256 != now.Sha256)
            {
                throw new SchemaFaultException(
                    $"Migration {now.Number:D4}_{now.Name} is not the one that made this database (was {was.Name}).");
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Schema {Number}: {Name}")]
        public static partial void Applied(ILogger logger, int number, string name);
    }
}

/// <summary>The database and this program do not belong together; an owner has to decide.</summary>
public sealed class SchemaFaultException(string message) : Exception(message);
