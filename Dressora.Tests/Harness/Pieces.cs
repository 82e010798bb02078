using Dressora.Web.Generation;
using Dressora.Web.Ledger;
using Dressora.Tests.Pictures;
using Dressora.Web.Media;
using Dressora.Web.Notices;
using Dressora.Web.Pictures;
using Dressora.Web.Providers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Dressora.Tests.Harness;

/// <summary>Results in somebody's history, put in place without a maker.</summary>
public static class Pieces
{
    /// <summary>Costs a codec what a photo does.</summary>
    public static readonly byte[] Bytes = Photos.Of(Scene.Photo(600, 800), PictureKind.Webp);

    /// <summary>A finished job and its result; each its own bytes where a test cares.</summary>
    public static async Task<Result> ResultAsync(
        this Site site, long userId, long charged = 20, string prompt = "a coral coat", byte[]? bytes = null, string scope = Scopes.Any)
    {
        var media = site.Services.GetRequiredService<MediaStore>();
        var (jobId, id) = (Guid.CreateVersion7(site.Clock.GetUtcNow()).ToString("N"), BlobKeys.NewId());
        using var content = new MemoryStream(bytes ?? Bytes);
        var stored = await media.StoreAsync(
            userId, id, BlobKeys.Job(userId, jobId, "final_v1", id, "webp"), FileTypes.Webp, content, null, CancellationToken.None);
        return await site.Database.WriteAsync(async write =>
        {
            var job = new Job
            {
                Id = jobId, UserId = userId, ClientId = jobId, Tool = "try-on", Kind = JobKind.TryOn, Fingerprint = [1],
                Parameters = $$"""{"prompt":"{{prompt}}"}""", Count = 1, IsHeavy = false, Price = 20, Scope = scope, CallbackToken = "",
                CreatedAt = write.Now, Turn = 0, State = JobState.Done, Charged = charged, FinishedAt = write.Now, DueAt = write.Now, Deadline = write.Now,
            };
            await JobRows.InsertAsync(write, job);
            var item = media.Keep(write, stored with { Width = 600, Height = 800 }, Purpose.Result);
            await site.Services.GetRequiredService<History>().AddAsync(write, job, [item]);
            return await write.Db.Results.SingleAsync(result => result.MediaId == id);
        });
    }

    /// <summary>A job that stands somewhere on its way, or failed, with a notice that leads to it.</summary>
    public static Task<string> JobAsync(this Site site, long userId, JobState state) => site.Database.WriteAsync(async write =>
    {
        var id = Guid.CreateVersion7(write.Now).ToString("N");
        var far = write.Now + TimeSpan.FromDays(1);
        await JobRows.InsertAsync(write, new Job
        {
            Id = id, UserId = userId, ClientId = id, Tool = "try-on", Kind = JobKind.TryOn, Fingerprint = [1], Parameters = "{}", Count = 1,
            IsHeavy = false, Price = 20, CallbackToken = "", CreatedAt = write.Now, Turn = 0, State = state, DueAt = far, Deadline = far,
            SentAt = state == JobState.Queued ? null : write.Now, Reason = state == JobState.Failed ? FailReason.MakerFailed : null,
            FinishedAt = state == JobState.Failed ? write.Now : null,
        });
        await site.Services.GetRequiredService<NoticeBoard>().PutUpAsync(write, userId, NoticeKind.Failed, "/jobs/" + id);
        return id;
    });

    public static Task<Result> FindResultAsync(this Site site, long id) => site.ReadAsync(db => db.Results.SingleAsync(r => r.Id == id));
}
