namespace Dressora.Web.Outbound;

/// <summary>Why nothing was fetched.</summary>
public enum FetchFault
{
    /// <summary>Not an address of the kind we follow: https, port 443, a public name, nobody's password in it.</summary>
    NotAllowed,

    /// <summary>The name leads, or may lead, into a private network.</summary>
    Private,

    /// <summary>The name leads nowhere.</summary>
    NoSuchName,

    /// <summary>Nobody answered, or not in a way we could read.</summary>
    NoAnswer,

    /// <summary>It answered that there is no such thing, or not for us.</summary>
    Refused,
    TooManyRedirects,
    TooManyBytes,
    TooSlow,
}

/// <summary>What came back from an address that we did not write ourselves.</summary>
public abstract record Fetched
{
    private Fetched()
    {
    }

    /// <summary>What it is, its content has to tell; what the sender called it is not believed.</summary>
    public sealed record Body(byte[] Bytes) : Fetched;

    /// <summary>Written to the stream that was given.</summary>
    public sealed record Streamed(long Bytes) : Fetched;

    public sealed record Refused(FetchFault Fault, int? Status = null) : Fetched;
}
