namespace Dressora.Web.Generation;

/// <summary>
/// Every change of a job, by name: each says where it may come from. What a move answers is saved by compare-and-set on
/// the version, so that of two who try at once one does nothing.
/// </summary>
internal static class JobMoves
{
    private const int DetailMax = 500;

    extension(Job job)
    {
        internal Job Sent(Model model, string worker, DateTimeOffset now, TimeSpan lease) =>
            job.Step(JobState.Sending, JobState.Queued, JobState.Sending) with
            {
                ModelId = model.Id,
                Attempts = job.ModelId == model.Id ? job.Attempts + 1 : 1,
                Worker = worker,
                DueAt = now + lease,
                SentAt = job.SentAt ?? now,
                Deadline = job.State == JobState.Queued ? now + model.Life : job.Deadline,
            };

        /// <summary>Taken for a look; the new version is the token that an older holder lacks.</summary>
        internal Job Leased(string worker, DateTimeOffset until) =>
            job.Step(job.State, JobState.Sending, JobState.Working, JobState.Previewed, JobState.Saving) with { Worker = worker, DueAt = until };

        internal Job Accepted(string externalId, string pollReference, DateTimeOffset due) =>
            job.Step(JobState.Working, JobState.Sending) with
            {
                ExternalId = externalId,
                PollReference = pollReference,
                Worker = null,
                DueAt = due,
            };

        /// <summary>Sent, and no answer came: only a callback can still bring one.</summary>
        internal Job GoneQuiet(DateTimeOffset due) => job.Step(JobState.Working, JobState.Sending) with { Worker = null, DueAt = due };

        /// <summary>The same, from a maker who takes the same key twice as one job: it is asked again.</summary>
        internal Job Unanswered(DateTimeOffset due) => job.Step(JobState.Sending, JobState.Sending) with { Worker = null, DueAt = due };

        /// <summary>Not taken: it waits and is offered again, to the same model or, when that was tried enough, to the next.</summary>
        internal Job PutBack(DateTimeOffset due, bool nextModel) => job.Step(JobState.Queued, JobState.Queued, JobState.Sending) with
        {
            Worker = null,
            DueAt = due,
            Tried = nextModel ? $"{job.Tried},{job.ModelId}".TrimStart(',') : job.Tried,
            ModelId = nextModel ? null : job.ModelId,
            Attempts = nextModel ? 0 : job.Attempts,
        };

        internal Job Seen(int? progress, int? place, DateTimeOffset due) =>
            job.Step(job.State, JobState.Working, JobState.Previewed) with { Progress = progress ?? job.Progress, Place = place, Worker = null, DueAt = due };

        /// <summary>The maker says that it is at it: the deadline moves on.</summary>
        internal Job AliveUntil(DateTimeOffset deadline) => job with { Deadline = deadline > job.Deadline ? deadline : job.Deadline };

        internal Job Previewed(string previewId, DateTimeOffset now) => job.Step(JobState.Previewed, JobState.Working) with
        {
            PreviewId = previewId,
            PreviewedAt = now,
        };

        internal Job Arrived() => job.Step(JobState.Saving, JobState.Sending, JobState.Working, JobState.Previewed);

        internal Job SavedLater(DateTimeOffset due, string detail) =>
            job.Step(JobState.Saving, JobState.Saving) with { SaveAttempts = job.SaveAttempts + 1, Worker = null, DueAt = due, Detail = detail };

        internal Job Finished(DateTimeOffset now, long charged) => job.Step(JobState.Done, JobState.Saving) with
        {
            Charged = charged,
            FinishedAt = now,
            Progress = 100,
            Place = null,
            Worker = null,
            Detail = "",
        };

        internal Job GivenUp(FailReason reason, string detail, DateTimeOffset now) => job.Over(JobState.Failed, now) with
        {
            Reason = reason,
            Detail = detail.Length > DetailMax ? detail[..DetailMax] : detail,
        };

        internal Job CalledOff(DateTimeOffset now) => job.Over(JobState.Cancelled, now);

        private Job Over(JobState end, DateTimeOffset now) =>
            job.Step(end, JobState.Queued, JobState.Sending, JobState.Working, JobState.Previewed, JobState.Saving) with
            {
                FinishedAt = now,
                Worker = null,
                Place = null,
                PreviewId = null,
            };

        private Job Step(JobState to, params ReadOnlySpan<JobState> from) => from.Contains(job.State)
            ? job with { State = to, Version = job.Version + 1 }
            : throw new InvalidOperationException($"A job that is {job.State} cannot become {to}.");
    }
}
