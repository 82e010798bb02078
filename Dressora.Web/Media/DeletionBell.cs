using Dressora.Web.Data;

namespace Dressora.Web.Media;

/// <summary>Rung when something is to be deleted.</summary>
public sealed class DeletionBell : Bell;
