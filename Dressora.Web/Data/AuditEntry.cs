namespace Dressora.Web.Data;

/// <summary>One thing an admin did: never edited, never removed.</summary>
public sealed class AuditEntry
{
    private AuditEntry()
    {
    }

    public AuditEntry(DateTimeOffset at, long actorId, string action, string subject, string detail)
    {
        At = at;
        ActorId = actorId;
        Action = action;
        Subject = subject;
        Detail = detail;
    }

    public long Id { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>The admin's number; 0 is the command line.</summary>
    public long ActorId { get; private set; }

    /// <summary>What was done, as a verb: <c>suspend</c>, <c>confirm</c>.</summary>
    public string Action { get; private set; } = "";

    /// <summary>To whom or what: <c>person 118</c>.</summary>
    public string Subject { get; private set; } = "";
    public string Detail { get; private set; } = "";
}
