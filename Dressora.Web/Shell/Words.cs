namespace Dressora.Web.Shell;

/// <summary>Names the one resource that holds every text a person reads; the English text is its key.</summary>
public sealed class Words;
