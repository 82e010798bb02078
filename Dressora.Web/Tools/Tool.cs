using System.Text.Json.Nodes;
using Dressora.Web.Generation;
using Dressora.Web.Providers;

namespace Dressora.Web.Tools;

/// <summary>What can be made: its fields, its rules, and the order that follows from what somebody filled in.</summary>
public abstract class Tool
{
    /// <summary>One word, as in addresses, rows and the API's <c>module</c>.</summary>
    public abstract string Name { get; }

    /// <summary>As people read it; the English text is its key.</summary>
    public abstract string Title { get; }
    public abstract JobKind Kind { get; }

    /// <summary>Files it takes, the required ones first.</summary>
    public abstract IReadOnlyList<FileField> Files { get; }

    /// <summary>So much of a machine that one person's jobs of it go one by one.</summary>
    public virtual bool IsHeavy => false;

    /// <summary>The daily allowance that pays before credits do, where there is one.</summary>
    public virtual string? Scope => null;

    /// <summary>Everything that can be wrong, before any money; an empty list is a good order.</summary>
    internal abstract IReadOnlyList<Fault> Check(ToolForm form);

    internal abstract JsonObject Parameters(ToolForm form);

    /// <summary>What was filled in for a job of this tool: the way back from its parameters.</summary>
    public abstract IReadOnlyDictionary<string, string> Fields(JsonObject parameters);

    /// <summary>What somebody asked for in their own words; null where they chose and showed.</summary>
    public virtual string? WordsOf(JsonObject parameters) => null;

    internal virtual int Count(ToolForm form) => 1;

    internal JobOrder Order(long userId, string clientId, ToolForm form, IReadOnlyList<OrderedInput> inputs, PayingKey? key) =>
        new(userId, clientId, Name, Kind, Parameters(form), inputs, Count(form), IsHeavy, Scope, key);
}

/// <param name="Role">What the file is to the tool, and the name of its field.</param>
/// <param name="SideMin">Pixels that its shorter side needs, for a result worth its price.</param>
public sealed record FileField(string Role, bool IsRequired, int SideMin = 0)
{
    /// <summary>What is wrong with this picture for this use, before any money; null for a good one.</summary>
    public Fault? Judge(int? width, int? height) => width < SideMin || height < SideMin
        ? new(Role, "This photo is small: {0} × {1} pixels. It needs at least {2} on its shorter side.", width ?? 0, height ?? 0, SideMin)
        : null;
}

/// <summary>A field and what is wrong with it; the English text is the words' key.</summary>
public sealed record Fault(string Field, string Text, params IReadOnlyList<object> Values)
{
    /// <summary>Not a slip: the rules of the house forbid it, and it counts against whoever asks.</summary>
    public bool IsForbidden { get; init; }
}

/// <summary>What somebody filled in: texts by field, and files of theirs by role.</summary>
public sealed record ToolForm(IReadOnlyDictionary<string, string> Fields, IReadOnlyDictionary<string, string> Files)
{
    internal string Text(string field) => Fields.TryGetValue(field, out var text) ? text.Trim() : "";

    internal string Choice(string field, string otherwise) => Text(field) is { Length: > 0 } chosen ? chosen : otherwise;

    internal bool Has(string role) => Files.TryGetValue(role, out var id) && id.Length > 0;
}
