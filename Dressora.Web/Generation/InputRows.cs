using Dressora.Web.Data;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Generation;

/// <summary>What a job was given, in order.</summary>
public sealed record JobInput(string JobId, int Position, string Role, string MediaId, string Sha256);

internal static class InputRows
{
    internal static async Task InsertAsync(Write write, string jobId, IReadOnlyList<OrderedInput> inputs)
    {
        for (var i = 0; i < inputs.Count; i++)
        {
            await write.ExecuteAsync(
                "INSERT INTO job_inputs (job_id, position, role, media_id, sha256) VALUES (@job, @position, @role, @media, @sha)",
                ("@job", jobId), ("@position", i), ("@role", inputs[i].Role), ("@media", inputs[i].MediaId), ("@sha", inputs[i].Sha256));
        }
    }

    internal static async Task<List<JobInput>> OfAsync(Database database, string jobId, CancellationToken cancel)
    {
        await using var db = database.OpenReader();
        return await db.JobInputs.Where(input => input.JobId == jobId).OrderBy(input => input.Position).ToListAsync(cancel);
    }
}
