namespace Dressora.Web.Media;

/// <summary>A file in a person's copy of everything that another floor writes: its name, and how it is written.</summary>
public sealed record ExportPart(string Name, Func<long, Stream, CancellationToken, Task> WriteAsync);

/// <summary>What became of asking for a copy.</summary>
public enum ExportAsked
{
    Asked,

    /// <summary>One is on its way.</summary>
    Already,

    /// <summary>One was made within the last day.</summary>
    TooSoon,
}
