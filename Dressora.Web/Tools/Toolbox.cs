using System.Globalization;
using System.Text.Json.Nodes;
using Dressora.Web.Generation;
using Dressora.Web.Media;
using Dressora.Web.Moderation;
using Dressora.Web.Providers;

namespace Dressora.Web.Tools;

/// <summary>What became of a filled-in form.</summary>
public abstract record ToolAnswer
{
    private ToolAnswer()
    {
    }

    /// <summary>Something in it is wrong; nothing was held.</summary>
    public sealed record Faulty(IReadOnlyList<Fault> Faults) : ToolAnswer;

    /// <summary>Refused by the rules too often: nothing is taken until then.</summary>
    public sealed record Paused(DateTimeOffset Until) : ToolAnswer;

    public sealed record Answered(SubmitOutcome Outcome) : ToolAnswer;
}

/// <summary>Everything that can be made here, and the one way to ask for it.</summary>
public sealed class Toolbox(Generator generator, Offers offers, MediaStore media, PhotoJudge judge, Strikes strikes, TimeProvider clock)
{
    private static readonly IReadOnlyList<Tool> Every = [new TryOnTool()];

    public IReadOnlyList<Tool> All => Every;

    public Tool? Find(string name) => Every.FirstOrDefault(tool => tool.Name == name);

    /// <summary>All that is wrong with it, before any money.</summary>
    public async Task<ToolAnswer> AskAsync(Tool tool, long userId, string clientId, ToolForm form, PayingKey? key = null, CancellationToken cancel = default)
    {
        if (await strikes.PauseAsync(userId, cancel) is { } until)
            return new ToolAnswer.Paused(until);
        var (faults, inputs) = await ReadAsync(tool, userId, form, cancel);
        if (faults.Exists(fault => fault.IsForbidden))
            await strikes.AddAsync(userId, StrikeReason.Prompt, SourceOf(clientId));
        if (clientId.Length is 0 or > JobOrder.ClientIdMax)
            faults.Add(new("clientJobId", "Between 1 and {0} characters.", JobOrder.ClientIdMax));
        return faults.Count > 0
            ? new ToolAnswer.Faulty(faults)
            : new ToolAnswer.Answered(await generator.SubmitAsync(tool.Order(userId, clientId, form, inputs, key)));
    }

    /// <summary>What this person made of the same before, where it is still kept: free to look at again.</summary>
    public async Task<MadeBefore?> MadeBeforeAsync(Tool tool, long userId, ToolForm form, CancellationToken cancel = default)
    {
        var (faults, inputs) = await ReadAsync(tool, userId, form, cancel);
        return faults.Count > 0 ? null : await offers.MadeBeforeAsync(tool.Order(userId, "", form, inputs, null), cancel);
    }

    /// <summary>What keeps the maker that would be asked now from a good result with this photo; free, and null for a good one.</summary>
    public async Task<Fault?> SeeAsync(Tool tool, FileField field, MediaItem item, string category, CancellationToken cancel = default)
    {
        if (category != TryOnTool.Top || !judge.IsReady || await offers.OfAsync(tool.Name, cancel) is not { IsQuick: true })
            return null;
        var key = item.Sha256;
        return await judge.JudgeAsync(key, field.Role == TryOnTool.Garment, () => BytesAsync(item, cancel), cancel) is { } words ? new Fault(field.Role, words) : null;
    }

    private async Task<ReadOnlyMemory<byte>> BytesAsync(MediaItem item, CancellationToken cancel)
    {
        await using var content = await media.OpenAsync(item, cancel: cancel);
        using var bytes = new MemoryStream((int)item.Bytes);
        await content.CopyToAsync(bytes, cancel);
        return bytes.ToArray();
    }

    /// <summary>The form that a job was asked with, as it can be asked again.</summary>
    public static ToolForm FormOf(Tool tool, Job job, IEnumerable<JobInput> inputs) => new(
        tool.Fields(JsonNode.Parse(job.Parameters) as JsonObject ?? []), inputs.ToDictionary(input => input.Role, input => input.MediaId));

    private async Task<(List<Fault> Faults, List<OrderedInput> Inputs)> ReadAsync(Tool tool, long userId, ToolForm form, CancellationToken cancel)
    {
        var faults = new List<Fault>(tool.Check(form));
        var inputs = new List<OrderedInput>();
        foreach (var field in tool.Files.Where(field => form.Has(field.Role)))
        {
            if (await media.FindAsync(userId, form.Files[field.Role], cancel) is not { IsClaimed: true, Kind: MediaKind.Picture } item)
                faults.Add(new(field.Role, "This photo is not there any more. Choose another."));
            else if (field.Judge(item.Width, item.Height) is { } fault)
                faults.Add(fault);
            else if (form.Has(TryOnTool.Garment) && await SeeAsync(tool, field, item, form.Text(TryOnTool.Category), cancel) is { } seen)
                faults.Add(seen);
            else
                inputs.Add(new(field.Role, item.Id, item.Sha256));
        }

        return (faults, inputs);
    }

    /// <summary>The same form sent again within a minute is the same try; the next minute it is another.</summary>
    private string SourceOf(string clientId) => string.Create(
        CultureInfo.InvariantCulture, $"ask:{clientId[..Math.Min(clientId.Length, JobOrder.ClientIdMax)]}:{clock.GetUtcNow().ToUnixTimeSeconds() / 60}");
}
