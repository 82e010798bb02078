namespace Dressora.Web.Generation;

/// <summary>A line in a job's life, for whoever has to explain it.</summary>
public sealed record JobStep
{
    public long Id { get; init; }
    public required string JobId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Empty for the first.</summary>
    public required string From { get; init; }
    public required string To { get; init; }
    public required string Note { get; init; }
}
