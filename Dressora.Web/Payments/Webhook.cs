namespace Dressora.Web.Payments;

public enum WebhookState
{
    Waiting,
    Done,
    Failed,

    /// <summary>Its signature did not fit; its body was not kept.</summary>
    Rejected,
}

/// <summary>What a gateway told us, byte for byte.</summary>
public sealed class Webhook
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1),
        TimeSpan.FromHours(6),
    ];

    private Webhook()
    {
    }

    public long Id { get; private set; }
    public string Gateway { get; private set; } = "";
    public Mode Mode { get; private set; }
    public string EventId { get; private set; } = "";
    public string Event { get; private set; } = "";
    public string Headers { get; private set; } = "";
    public byte[] Body { get; private set; } = [];
    public WebhookState State { get; private set; }

    /// <summary>What came of it, in words for an admin.</summary>
    public string Result { get; private set; } = "";
    public int Attempts { get; private set; }
    public DateTimeOffset ReceivedAt { get; private set; }
    public DateTimeOffset DueAt { get; private set; }
    public DateTimeOffset? WorkedAt { get; private set; }

    internal Counter Counter => new(Gateway, Mode);

    internal void Lease(DateTimeOffset until) => DueAt = until;

    internal void Worked(string result, DateTimeOffset now) => (State, Result, WorkedAt) = (WebhookState.Done, result, now);

    internal void Stumbled(string result, DateTimeOffset now)
    {
        (Result, WorkedAt) = (result, now);
        if (Attempts >= Pauses.Length)
            State = WebhookState.Failed;
        else
            DueAt = now + Pauses[Attempts++];
    }

    /// <summary>An admin wants it worked again; what it did once it does not do twice. False for what has no body.</summary>
    internal bool Again(DateTimeOffset now)
    {
        if (State == WebhookState.Rejected)
            return false;
        (State, Attempts, DueAt) = (WebhookState.Waiting, 0, now);
        return true;
    }
}
