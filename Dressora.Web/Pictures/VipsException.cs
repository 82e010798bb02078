namespace Dressora.Web.Pictures;

/// <summary>libvips refused an operation. Its own words are kept process-wide and mixed up, so they are not repeated.</summary>
internal sealed class VipsException(string operation) : Exception($"libvips refused {operation}.");
