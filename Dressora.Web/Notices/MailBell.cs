using Dressora.Web.Data;

namespace Dressora.Web.Notices;

/// <summary>Rung when a letter was posted.</summary>
public sealed class MailBell : Bell;
