namespace Dressora.Tests.Harness;

/// <summary>How a simulated company treats one request.</summary>
public enum Scenario
{
    Ok,

    /// <summary>Not finished before the test says so.</summary>
    Slow,
    FailTransient,
    FailContent,
    FailInput,
    FailTimeout,
    Cancelled,
    NoMedia,

    /// <summary>Its word for "working" is one that nobody knows.</summary>
    UnknownStatus,

    /// <summary>The callback says that it went well, and nothing else.</summary>
    EmptyCallback,
    EarlyCallback,
    LostCallback,
    DuplicateCallback,
    ForgedCallback,
    StaleCallback,

    /// <summary>Signed, and then changed on the way.</summary>
    AlteredCallback,

    ResultGone,
    ResultHtml,
    ResultTruncated,
    ResultHuge,
    ResultEndless,

    RefuseContent,
    RefuseInput,
    RateLimited,
    RateLimitedUntil,
    RateLimitedAbsurd,
    RateLimitedBare,
    NoFunds,
    BadKey,
    ServerError,
    HtmlBadGateway,
    HtmlForbidden,
    Garbage,
    OversizeAnswer,

    /// <summary>The connection breaks before anything was taken.</summary>
    ResetBefore,

    /// <summary>It was taken, and the connection breaks before the answer.</summary>
    LostAnswer,

    /// <summary>It was taken, and no answer ever comes.</summary>
    SilentAnswer,
    CancelTooLate,
}
