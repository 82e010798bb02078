using System.Security.Cryptography;
using System.Text;
using Dressora.Web.Data;
using Dressora.Web.Providers;
using Dressora.Web.Shell;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Generation;

/// <summary>Calls from makers: checked over their raw bytes, kept, answered, and applied by a worker once.</summary>
public sealed class ProviderHooks(Database database, ProviderCatalog providers, JobBell bell, TimeProvider clock)
{
    /// <summary>A result that comes inside a call is as large as a result may be, and a third more in base64.</summary>
    internal const int BodyBytesMax = 30 * 1024 * 1024;

    internal static void Map(IEndpointRouteBuilder routes) => routes
        .MapPost("/hooks/providers/{provider}/{jobId}/{token}", AnswerAsync)
        .WithMetadata(new AcceptsForeignPostsAttribute())
        .WithMetadata(new RateLimitedAttribute(RateRules.Callback))
        .DisableAntiforgery();

    /// <summary>The status to answer with: whoever forges learns no more than that it did not work.</summary>
    public async Task<int> TakeAsync(string provider, CallbackCall call, string? token, CancellationToken cancel)
    {
        if (providers.Find(provider) is not { } maker)
            return StatusCodes.Status404NotFound;
        await using var db = database.OpenReader();
        var job = await db.Jobs.SingleOrDefaultAsync(j => j.Id == call.JobId, cancel);
        if (job is null || (token is not null && !Same(token, job.CallbackToken)) || !await IsTheirsAsync(db, job, provider, cancel))
            return StatusCodes.Status404NotFound;
        var read = await maker.ReadCallbackAsync(call with { ExternalId = job.ExternalId }, cancel);
        if (read is Callback.Forged)
            return StatusCodes.Status401Unauthorized;
        if (job.IsOver)
            return StatusCodes.Status200OK;
        var verdict = read is Callback.Verified ? CallVerdict.Verified : CallVerdict.Hint;
        await database.WriteAsync(
            async write =>
            {
                if (!await CallRows.AddAsync(write, call, verdict))
                    return;
                await CallRows.WakeAsync(write, call.JobId);
                write.AfterCommit(bell.Ring);
            },
            cancel);
        return StatusCodes.Status200OK;
    }

    private static async Task<IResult> AnswerAsync(
        HttpContext context, ProviderHooks hooks, string provider, string jobId, string token, CancellationToken cancel) =>
        await ReadAsync(context, jobId, hooks.Now, cancel) is { } call
            ? Results.StatusCode(await hooks.TakeAsync(provider, call, token, cancel))
            : Results.StatusCode(StatusCodes.Status413PayloadTooLarge);

    /// <summary>Read once, as bytes; null when there are more than there may be.</summary>
    public static async Task<CallbackCall?> ReadAsync(HttpContext context, string jobId, DateTimeOffset now, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (await context.Request.Body.ReadAsync(buffer, cancel) is > 0 and var read)
        {
            if (body.Length + read > BodyBytesMax)
                return null;
            body.Write(buffer, 0, read);
        }

        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.Select(value => value ?? "").ToArray(), StringComparer.OrdinalIgnoreCase);
        return new CallbackCall(jobId, null, headers, body.ToArray(), now);
    }

    /// <summary>Old words of jobs that ended.</summary>
    public static Task<int> CleanAsync(Write write, DateTimeOffset before) => CallRows.CleanAsync(write, before);

    internal DateTimeOffset Now => clock.GetUtcNow();

    private static bool Same(string one, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));

    /// <summary>Nobody speaks for a job that is with somebody else.</summary>
    private static async Task<bool> IsTheirsAsync(DressoraDb db, Job job, string provider, CancellationToken cancel) =>
        await db.Models.AnyAsync(model => model.Id == job.ModelId && model.Provider == provider, cancel);
}
