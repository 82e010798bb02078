namespace Dressora.Web.Operations;

/// <summary>A word of the command line: <c>dressora admin create --email ...</c>.</summary>
public abstract record Verb(string Name, string Says, IReadOnlyList<VerbOption> Options)
{
    public string Usage => string.Join(' ', Options.Select(option => option.Usage).Prepend(Name));
}

/// <summary>Needs no house, or opens it by itself.</summary>
public sealed record OwnVerb(string Name, string Says, Func<Start, Task<int>> RunAsync) : Verb(Name, Says, []);

/// <summary>Works in the house: in the running server where there is one, else in this process alone.</summary>
public sealed record HouseVerb(
    string Name, string Says, IReadOnlyList<VerbOption> Options, Func<VerbCall, CancellationToken, Task<int>> RunAsync)
    : Verb(Name, Says, Options);

/// <param name="IsFlag">It is said or not said, and has no value behind it.</param>
public sealed record VerbOption(string Name, bool IsNeeded, bool IsFlag = false)
{
    public string Usage => IsFlag ? $"[--{Name}]" : IsNeeded ? $"--{Name} <{Name}>" : $"[--{Name} <{Name}>]";
}

/// <summary>One call of a verb in the house, wherever its answer is read.</summary>
public sealed record VerbCall(IServiceProvider Services, IReadOnlyDictionary<string, string> Options, Func<string, Task> SayAsync)
{
    public string this[string option] => Options.GetValueOrDefault(option, "");
}
