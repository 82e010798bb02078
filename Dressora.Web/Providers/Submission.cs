namespace Dressora.Web.Providers;

/// <summary>What came of asking.</summary>
public abstract record Submission
{
    private Submission()
    {
    }

    /// <summary>It will be made; ask again, or be called.</summary>
    /// <param name="PollReference">All that <see cref="IProvider.PollAsync"/> needs, as the adapter likes to spell it.</param>
    public sealed record Accepted(string ExternalId, string PollReference, TimeSpan? Wait = null) : Submission;

    /// <summary>It was made at once.</summary>
    public sealed record Finished(Snapshot Snapshot) : Submission;

    /// <summary>Nothing was begun and nothing will be paid.</summary>
    public sealed record Rejected(ProviderError Error) : Submission;

    /// <summary>It was sent and no answer came: it may be under way and paid for.</summary>
    public sealed record Unknown(string Why) : Submission;
}
