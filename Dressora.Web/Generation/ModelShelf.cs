using System.Globalization;
using Dressora.Web.Data;
using Dressora.Web.Providers;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Generation;

/// <summary>What an admin may change of a model.</summary>
public sealed record ModelChange(string Title, int Position, bool IsEnabled, long Price, long LifeSeconds, int? DailyMax);

/// <summary>Who may be asked for what: an admin's to order, price and switch off. A job that is under way keeps its price.</summary>
public sealed class ModelShelf(Database database, ProviderCatalog providers)
{
    public const int TitleMax = 80;

    public async Task<IReadOnlyList<Model>> AllAsync()
    {
        await using var db = database.OpenReader();
        return await db.Models.OrderBy(model => model.Tool).ThenBy(model => model.Position).ThenBy(model => model.Id).ToListAsync();
    }

    public Task<bool> ChangeAsync(long id, ModelChange change, long actorId) => database.WriteAsync(async write =>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(Refuse(change) is null, true);
        if (await ModelRows.FindAsync(write, id) is not { } before)
            return false;
        await write.ExecuteAsync(
            "UPDATE models SET title = @title, position = @position, is_enabled = @enabled, price = @price, life_seconds = @life, "
            + "daily_max = @day WHERE id = @id",
            ("@title", change.Title), ("@position", change.Position), ("@enabled", change.IsEnabled), ("@price", change.Price),
            ("@life", change.LifeSeconds), ("@day", change.DailyMax), ("@id", id));
        write.Audit(actorId, "change a model", $"{before.Provider} {before.Name}", Difference(before, change));
        return true;
    });

    /// <summary>The field that is out of bounds, or null.</summary>
    public static string? Refuse(ModelChange change) =>
        change.Title.Length is 0 or > TitleMax ? nameof(change.Title)
        : change.Price is < 1 or > Model.PriceMax ? nameof(change.Price)
        : change.LifeSeconds < Model.LifeMin.TotalSeconds || change.LifeSeconds > Model.LifeMax.TotalSeconds ? nameof(change.LifeSeconds)
        : change.DailyMax is < 1 ? nameof(change.DailyMax)
        : null;

    /// <summary>What a provider says to a question that costs nothing; null when its key works.</summary>
    public Task<ProviderError?> TestAsync(string provider, CancellationToken cancel) => providers.Find(provider) is { } maker
        ? maker.TestKeyAsync(cancel)
        : Task.FromResult<ProviderError?>(new(ErrorClass.BadInput, "unknown", "There is no provider of that name."));

    /// <summary>An admin says that it is well again.</summary>
    public Task AskAgainAsync(string provider, long actorId)
    {
        providers.Breakers.Reset(provider);
        return database.WriteAsync(write =>
        {
            write.Audit(actorId, "ask a provider again", provider);
            return true;
        });
    }

    private static string Difference(Model before, ModelChange after) => string.Join(", ", new[]
    {
        before.IsEnabled != after.IsEnabled ? after.IsEnabled ? "on" : "off" : null,
        before.Price != after.Price ? $"price {before.Price} to {after.Price}" : null,
        before.Position != after.Position ? $"place {before.Position} to {after.Position}" : null,
        before.LifeSeconds != after.LifeSeconds ? $"deadline {before.LifeSeconds} s to {after.LifeSeconds} s" : null,
        before.DailyMax != after.DailyMax ? $"a day {Day(before.DailyMax)} to {Day(after.DailyMax)}" : null,
        before.Title != after.Title ? $"called {after.Title}" : null,
    }.Where(part => part is not null));

    private static string Day(int? most) => most is { } number ? number.ToString(CultureInfo.InvariantCulture) : "any";
}
