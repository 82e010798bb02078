using Dressora.Web.Generation;
using Dressora.Web.Media;

namespace Dressora.Web.Tools;

/// <summary>What became of a filled-in form.</summary>
public abstract record ToolAnswer
{
    private ToolAnswer()
    {
    }

    /// <summary>Something in it is wrong; nothing was held.</summary>
    public sealed record Faulty(IReadOnlyList<Fault> Faults) : ToolAnswer;

    public sealed record Answered(SubmitOutcome Outcome) : ToolAnswer;
}

/// <summary>Everything that can be made here, and the one way to ask for it.</summary>
public sealed class Toolbox(Generator generator, MediaStore media)
{
    private static readonly IReadOnlyList<Tool> Every = [new TryOnTool()];

    public IReadOnlyList<Tool> All => Every;

    public Tool? Find(string name) => Every.FirstOrDefault(tool => tool.Name == name);

    /// <summary>All that is wrong with it, before any money.</summary>
    public async Task<ToolAnswer> AskAsync(Tool tool, long userId, string clientId, ToolForm form, PayingKey? key = null, CancellationToken cancel = default)
    {
        var faults = new List<Fault>(tool.Check(form));
        var inputs = new List<OrderedInput>();
        if (clientId.Length is 0 or > JobOrder.ClientIdMax)
            faults.Add(new("clientJobId", "Between 1 and {0} characters.", JobOrder.ClientIdMax));
        foreach (var field in tool.Files.Where(field => form.Has(field.Role)))
        {
            if (await media.FindAsync(userId, form.Files[field.Role], cancel) is { IsClaimed: true, Kind: MediaKind.Picture } item)
                inputs.Add(new(field.Role, item.Id, item.Sha256));
            else
                faults.Add(new(field.Role, "This photo is not there any more. Choose another."));
        }

        return faults.Count > 0
            ? new ToolAnswer.Faulty(faults)
            : new ToolAnswer.Answered(await generator.SubmitAsync(tool.Order(userId, clientId, form, inputs, key)));
    }
}
