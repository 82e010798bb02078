namespace Dressora.Web.Providers.Sandbox;

/// <summary>Who makes what: pictures by hand, films and voices by the machine's own tools.</summary>
internal sealed class SandboxCrafts(SandboxFolder folder, Cards cards, Films films, Voices voices) : IDisposable
{
    private const int PreviewWidth = 320;
    private const int FinalWidth = 1200;

    /// <summary>Two at a time: it is somebody's web server.</summary>
    private readonly SemaphoreSlim _two = new(2);

    public void Dispose() => _two.Dispose();

    /// <summary>Null where there is nothing to see before it is done.</summary>
    internal async Task<SandboxFile?> PreviewAsync(SandboxJob job, CancellationToken stop)
    {
        if (job.Kind == JobKind.Speech)
            return null;
        var made = await InTurnAsync(() => cards.DrawAsync(job, PreviewWidth, stop), stop);
        return made is Craft.Done done ? Keep(job, "preview", done) : null;
    }

    internal async Task<Made> FinalAsync(SandboxJob job, CancellationToken stop)
    {
        var made = await InTurnAsync(() => MakeAsync(job, stop), stop);
        if (made is not Craft.Done done)
            return new Made([], new SandboxError("transient", "sandbox_cannot", ((Craft.Cannot)made).Why));
        var count = job.Kind is JobKind.TryOn or JobKind.Image ? job.Text.Count : 1;
        return new Made([.. Enumerable.Range(1, count).Select(n => Keep(job, $"final-{n}", done))], null);
    }

    private Task<Craft> MakeAsync(SandboxJob job, CancellationToken stop) => job.Kind switch
    {
        JobKind.Video or JobKind.Avatar or JobKind.AudioVideo when !job.Plan.IsPlain => films.ShootAsync(job, stop),
        JobKind.Speech when !job.Plan.IsPlain => voices.SpeakAsync(job, stop),
        _ => cards.DrawAsync(job, FinalWidth, stop),
    };

    private SandboxFile Keep(SandboxJob job, string name, Craft.Done done)
    {
        var file = new SandboxFile("result", name + done.Ending, done.Mime);
        folder.Keep(job.Id, file.Name, done.Bytes);
        return file;
    }

    private async Task<Craft> InTurnAsync(Func<Task<Craft>> work, CancellationToken stop)
    {
        await _two.WaitAsync(stop);
        try
        {
            return await work();
        }
        finally
        {
            _two.Release();
        }
    }
}

/// <summary>A file that was made, or what this machine lacks for it, in a sentence.</summary>
internal abstract record Craft
{
    private Craft()
    {
    }

    internal sealed record Done(byte[] Bytes, string Mime, string Ending) : Craft;

    internal sealed record Cannot(string Why) : Craft;
}
