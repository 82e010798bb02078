using System.Globalization;
using System.Text.Json;
using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Identity;
using Dressora.Web.Shell;
using Dressora.Web.Tools;
using Microsoft.EntityFrameworkCore;

namespace Dressora.Web.Api;

/// <summary>Asking for work, following it, calling it off.</summary>
public static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder app)
    {
        var jobs = app.MapGroup("/api/jobs").RequireAuthorization(Doors.Program).WithTags("Jobs");
        jobs.MapPost("/create", CreateAsync).WithMetadata(new RateLimitedAttribute(RateRules.Submit)).DisableAntiforgery()
            .Accepts<Wanted>("application/json", "multipart/form-data").Produces<Created>(StatusCodes.Status202Accepted).Produces<Created>()
            .ProducesProblem(StatusCodes.Status402PaymentRequired).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity).ProducesProblem(StatusCodes.Status429TooManyRequests)
            .WithSummary("Asks for work. Files are numbers of uploads, or the files themselves in a form.");
        jobs.MapGet("", ListAsync).Produces<Page>().WithSummary("Jobs, the newest first.");
        jobs.MapGet("/{id}/status", StatusAsync).Produces<JobStatus>().Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status404NotFound).WithSummary("How a job stands. Send the ETag back: an unchanged job costs nothing.");
        jobs.MapPost("/{id}/cancel", CancelAsync).DisableAntiforgery().Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status409Conflict).WithSummary("Calls a job off; its credits go back at once.");
    }

    private static async Task<IResult> CreateAsync(HttpContext context, JobReader reader, Toolbox toolbox)
    {
        var caller = context.Caller();
        if (!caller.May(KeyScopes.Jobs))
            return Problems.NotInScope("Jobs");
        var read = await reader.ReadAsync(context, caller.UserId);
        if (read.Problem is { } problem)
            return problem;
        if (toolbox.Find(read.Module) is not { } tool)
            return Problems.Invalid("module", $"There is no tool of that name. These are: {string.Join(", ", toolbox.All.Select(t => t.Name))}.");
        var key = caller.KeyId is { } id ? new PayingKey(id, caller.SpendMax) : null;
        // Whoever names none asks for a new job each time.
        var clientId = read.ClientJobId.Length > 0 ? read.ClientJobId : Guid.NewGuid().ToString("N");
        return await toolbox.AskAsync(tool, caller.UserId, clientId, read.Form, key, context.RequestAborted) switch
        {
            ToolAnswer.Faulty(var faults) => Problems.Invalid(faults.Select(fault => (fault.Field, Problems.Words(fault)))),
            ToolAnswer.Paused(var until) => Problems.Paused(until),
            ToolAnswer.Answered(SubmitOutcome.Submitted(var job)) => Results.Json(
                new Created(job.Id, job.State.ToString(), job.Price, $"/api/jobs/{job.Id}/status"), statusCode: StatusCodes.Status202Accepted),
            ToolAnswer.Answered(SubmitOutcome.TheSame(var job)) =>
                Results.Ok(new Created(job.Id, job.State.ToString(), job.Price, $"/api/jobs/{job.Id}/status")),
            ToolAnswer.Answered(var refusal) => Problems.Of(refusal),
            _ => Results.StatusCode(StatusCodes.Status500InternalServerError),
        };
    }

    /// <summary>ToolAnswer again and again, so it is one small read and an answer of nothing while nothing changes.</summary>
    private static async Task<IResult> StatusAsync(HttpContext context, string id, JobLook look)
    {
        var caller = context.Caller();
        if (!caller.May(KeyScopes.Jobs))
            return Problems.NotInScope("Jobs");
        if (await look.AtAsync(caller.UserId, id, context.RequestAborted) is not { } status)
            return Results.NotFound();
        var tag = $"\"{status.Version}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        return context.Request.Headers.IfNoneMatch == tag
            ? Results.StatusCode(StatusCodes.Status304NotModified)
            : Results.Ok(status);
    }

    private static async Task<IResult> CancelAsync(HttpContext context, string id, Generator generator)
    {
        var caller = context.Caller();
        if (!caller.May(KeyScopes.Jobs))
            return Problems.NotInScope("Jobs");
        return await generator.CancelAsync(caller.UserId, id) switch
        {
            CancelOutcome.Cancelled => Results.NoContent(),
            CancelOutcome.TooLate => Problems.Said(StatusCodes.Status409Conflict, "ended", "This job had ended already. Nothing changed."),
            _ => Results.NotFound(),
        };
    }

    private static async Task<IResult> ListAsync(HttpContext context, DressoraDb db, string? state, string? before)
    {
        var caller = context.Caller();
        if (!caller.May(KeyScopes.Jobs))
            return Problems.NotInScope("Jobs");
        var jobs = db.Jobs.Where(job => job.UserId == caller.UserId);
        if (state is not null)
        {
            if (!Enum.TryParse<JobState>(state, ignoreCase: true, out var wanted) || !Enum.IsDefined(wanted))
                return Problems.Invalid("state", $"One of {string.Join(", ", Enum.GetNames<JobState>())}.");
            jobs = jobs.Where(job => job.State == wanted);
        }

        if (before is not null)
            jobs = jobs.Where(job => job.Id.CompareTo(before) < 0);
        var page = await jobs.OrderByDescending(job => job.Id).Take(PageSize)
            .Select(job => new Listed(job.Id, job.ClientId, job.Tool, job.State.ToString(), job.Price, job.Charged, job.CreatedAt, job.FinishedAt))
            .ToListAsync(context.RequestAborted);
        return Results.Ok(new Page(page, page.Count == PageSize ? page[^1].Id : null));
    }

    private const int PageSize = 50;

    /// <param name="Module">The tool: try-on.</param>
    /// <param name="ClientJobId">Chosen by you, at most 64 characters: the same again is the same job. Without one, every request is a job of its own.</param>
    /// <param name="Person">The number of an uploaded photo.</param>
    /// <param name="Garment">The number of an uploaded photo, unless the outfit is described.</param>
    internal sealed record Wanted(
        string Module, string? ClientJobId, string Person, string? Garment, string? Description, string? Category, string? AspectRatio);

    internal sealed record Created(string Id, string Status, long Held, string StatusAddress);

    internal sealed record Listed(
        string Id, string ClientJobId, string Module, string Status, long Held, long Charged, DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt);

    internal sealed record Page(IReadOnlyList<Listed> Jobs, string? Before);
}
