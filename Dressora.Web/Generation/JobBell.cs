using Dressora.Web.Data;

namespace Dressora.Web.Generation;

/// <summary>Rung when there is a job to look at.</summary>
public sealed class JobBell : Bell;
