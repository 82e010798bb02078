using System.ComponentModel.DataAnnotations;

namespace Dressora.Web.Data;

public enum DatabaseProvider
{
    Sqlite,
    Postgres,
}

public sealed class DatabaseOptions : IValidatableObject
{
    public const string Section = "Database";

    /// <summary>Sqlite keeps one file in the data folder; Postgres needs a connection string.</summary>
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    public string ConnectionString { get; set; } = "";

    /// <summary>Writes that may wait for their turn; one more is answered "busy" at once.</summary>
    [Range(16, 1_000_000)]
    public int WaitingWritesMax { get; set; } = 4_096;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider == DatabaseProvider.Postgres && string.IsNullOrWhiteSpace(ConnectionString))
            yield return new("must name a server when Database:Provider is Postgres.", [nameof(ConnectionString)]);
    }
}
