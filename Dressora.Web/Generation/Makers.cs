using Dressora.Web.Data;
using Dressora.Web.Providers;

namespace Dressora.Web.Generation;

/// <summary>Chooses who is asked: the first enabled model whose provider is there, well, and within its day's number.</summary>
public sealed class Makers(ProviderCatalog providers, Breakers breakers)
{
    /// <summary>How long a queue stands still when everybody who could work is unwell.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(15);

    /// <summary>Whose price is shown and held: the first that could be asked at all.</summary>
    internal async Task<Model?> FirstAsync(Write write, string tool) =>
        (await ModelRows.EnabledAsync(write, tool)).FirstOrDefault(IsThere);

    internal async Task<Choice> ChooseAsync(Write write, Job job)
    {
        var tried = job.TriedModels;
        var left = (await ModelRows.EnabledAsync(write, job.Tool)).Where(model => IsThere(model) && !tried.Contains(model.Id)).ToList();
        var day = new DateTimeOffset(write.Now.UtcDateTime.Date, TimeSpan.Zero);
        foreach (var model in left.OrderByDescending(model => model.Id == job.ModelId))
        {
            if (breakers.TryPass(model.Provider) && (model.DailyMax is not { } most || await ModelRows.SentSinceAsync(write, model.Id, day) < most))
                return new Choice.Chosen(model);
        }

        return left.Count > 0 && write.Now < job.Deadline ? new Choice.Later(write.Now + Rest) : new Choice.Nobody();
    }

    private bool IsThere(Model model) => providers.Find(model.Provider) is { IsReady: true };

    internal abstract record Choice
    {
        internal sealed record Chosen(Model Model) : Choice;

        internal sealed record Later(DateTimeOffset At) : Choice;

        internal sealed record Nobody : Choice;
    }
}
