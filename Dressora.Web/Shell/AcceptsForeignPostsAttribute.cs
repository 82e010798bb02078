namespace Dressora.Web.Shell;

/// <summary>Other sites and programs may send here: the address proves by itself who they are.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AcceptsForeignPostsAttribute : Attribute;
