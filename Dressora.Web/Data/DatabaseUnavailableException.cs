namespace Dressora.Web.Data;

public enum Unavailable
{
    /// <summary>Too many writes wait, or another program holds the database.</summary>
    Busy,

    /// <summary>The disk is full, read-only or broken: reading goes on, writing does not.</summary>
    CannotWrite,

    /// <summary>Nobody answers at the database's address.</summary>
    Offline,

    /// <summary>This server is stopping.</summary>
    Stopping,

    /// <summary>What is stored contradicts itself; an owner has to look before money moves again.</summary>
    Damaged,
}

/// <summary>The write did not happen and nothing of it remains. A room answers 503; a worker tries again later.</summary>
public sealed class DatabaseUnavailableException(Unavailable why, Exception? inner = null)
    : Exception($"The database is unavailable: {why}.", inner)
{
    public Unavailable Why { get; } = why;
    public TimeSpan RetryAfter { get; } = why == Unavailable.Busy ? TimeSpan.FromSeconds(2) : TimeSpan.FromSeconds(30);
}
