using Dressora.Web.Accounts;
using Dressora.Web.Data;
using Dressora.Web.Generation;
using Dressora.Web.Shell;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace Dressora.Web.Pages.Admin;

/// <summary>Everybody's jobs, the newest first.</summary>
[Authorize(Doors.Staff)]
public sealed class JobsModel(DressoraDb db, IStringLocalizer<Words> words) : Room
{
    private readonly JobWords _words = new(words);

    [BindProperty(SupportsGet = true)]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Person { get; set; }

    public IReadOnlyList<Line> Lines { get; private set; } = [];
    public Pager Pager { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        IQueryable<Job> jobs = db.Jobs;
        if (State == "open")
            jobs = jobs.Where(job => job.State != JobState.Done && job.State != JobState.Failed && job.State != JobState.Cancelled);
        else if (Enum.TryParse<JobState>(State, out var state))
            jobs = jobs.Where(job => job.State == state);
        if (Person is { } person)
            jobs = jobs.Where(job => job.UserId == person);
        Pager = new Pager(Pager.Read(Request.Query), await jobs.CountAsync(), Request.Query);
        Lines = await jobs.OrderByDescending(job => job.Id).Skip(Pager.Skip).Take(Pager.Rows)
            .Select(job => new Line(
                job.Id, job.UserId, job.Tool, db.Models.Where(model => model.Id == job.ModelId).Select(model => model.Title).SingleOrDefault(),
                job.CreatedAt, job.State, job.Reason, job.Price, job.Charged))
            .ToListAsync();
    }

    public string Say(JobState state) => _words.Of(state);

    public string Say(FailReason? reason) => _words.Of(reason);

    internal static string Tone(JobState state) => state switch
    {
        JobState.Done => "badge--good",
        JobState.Failed => "badge--bad",
        JobState.Cancelled => "",
        _ => "badge--warn",
    };

    public sealed record Line(
        string Id, long UserId, string Tool, string? Model, DateTimeOffset CreatedAt, JobState State, FailReason? Reason, long Price, long Charged);
}
