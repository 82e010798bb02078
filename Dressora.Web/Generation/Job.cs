using Dressora.Web.Ledger;
using Dressora.Web.Providers;

namespace Dressora.Web.Generation;

/// <summary>One request on its way to a result. How it may change is in <see cref="JobMoves"/>.</summary>
public sealed record Job
{
    public required string Id { get; init; }
    public required long UserId { get; init; }

    /// <summary>Chosen by whoever asked: the same again is the same job.</summary>
    public required string ClientId { get; init; }
    public required string Tool { get; init; }
    public required JobKind Kind { get; init; }

    /// <summary>Of tool, parameters and inputs: what was asked, whoever asks and whenever.</summary>
    public required byte[] Fingerprint { get; init; }

    /// <summary>JSON, in our words.</summary>
    public required string Parameters { get; init; }

    /// <summary>How many results were asked for.</summary>
    public required int Count { get; init; }
    public required bool IsHeavy { get; init; }

    /// <summary>All that is held for it: credits, or uses of the allowance that <see cref="Scope"/> names.</summary>
    public required long Price { get; init; }
    public string Scope { get; init; } = Scopes.Any;

    /// <summary>The key that asked, when a program did.</summary>
    public long? KeyId { get; init; }
    public required string CallbackToken { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its place among everybody's: people take turns, and each person's jobs stay in order.</summary>
    public required long Turn { get; init; }

    public JobState State { get; init; }
    public long Version { get; init; }

    /// <summary>Whose lease it is under; nobody's between two looks.</summary>
    public string? Worker { get; init; }

    /// <summary>When somebody should look again; while it is leased, when the lease ends.</summary>
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset Deadline { get; init; }
    public long? ModelId { get; init; }

    /// <summary>Models that were asked in vain, by number, with commas.</summary>
    public string Tried { get; init; } = "";
    public int Attempts { get; init; }
    public string? ExternalId { get; init; }
    public string? PollReference { get; init; }
    public int? Progress { get; init; }
    public int? Place { get; init; }
    public string? PreviewId { get; init; }
    public int SaveAttempts { get; init; }
    public long Charged { get; init; }
    public FailReason? Reason { get; init; }

    /// <summary>For the owner: the maker's own code and words.</summary>
    public string Detail { get; init; } = "";
    public DateTimeOffset? SentAt { get; init; }
    public DateTimeOffset? PreviewedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>What the ledger knows of it.</summary>
    public string Reference => "job:" + Id;

    /// <summary>Where its person sees it.</summary>
    public string Path => "/jobs/" + Id;
    public bool IsOver => State is JobState.Done or JobState.Cancelled or JobState.Failed;
    public IReadOnlyList<long> TriedModels => [.. Tried.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(long.Parse)];
}
