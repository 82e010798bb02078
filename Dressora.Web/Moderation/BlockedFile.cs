namespace Dressora.Web.Moderation;

/// <summary>The bytes of a picture that was removed: nobody brings them here again.</summary>
public sealed record BlockedFile(string Sha256, long ReportId, DateTimeOffset At);
