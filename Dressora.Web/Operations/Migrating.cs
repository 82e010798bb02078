using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Operations;

/// <summary>By the time a verb runs in the house its schema is whole; this one only says so.</summary>
internal static class Migrating
{
    internal static async Task<int> RunAsync(VerbCall call, CancellationToken cancel)
    {
        await using var reader = call.Services.GetRequiredService<Database>().OpenReader();
        var version = await reader.Database.SqlQuery<int>($"""SELECT max(number) AS "Value" FROM schema_versions""").SingleAsync(cancel);
        await call.SayAsync($"The database is at version {version}, which is this program's.");
        return Exit.Done;
    }
}
