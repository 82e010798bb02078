namespace Dressora.Web.Operations;

/// <summary>When a recurring task is next due, and how its last run ended. The row is the schedule: a restart forgets nothing.</summary>
public sealed class ScheduledTask(string name, DateTimeOffset dueAt)
{
    public string Name { get; private set; } = name;
    public DateTimeOffset DueAt { get; private set; } = dueAt;
    public DateTimeOffset? RanAt { get; private set; }
    public string Outcome { get; private set; } = "";

    /// <summary>Taken by one node: nobody else finds it due before then.</summary>
    public void Lease(DateTimeOffset until) => DueAt = until;

    /// <summary>Somebody ran it by hand; when it is due stays as it is.</summary>
    public void RanBesides(DateTimeOffset now, string outcome) => (RanAt, Outcome) = (now, outcome);

    public void Ran(DateTimeOffset now, TimeSpan every, string outcome)
    {
        RanAt = now;
        DueAt = now + every;
        Outcome = outcome;
    }
}
