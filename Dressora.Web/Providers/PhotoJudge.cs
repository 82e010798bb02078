namespace Dressora.Web.Providers;

/// <summary>Somebody who sees, for free and before anything is held, what would make a result nobody wants.</summary>
public abstract class PhotoJudge
{
    /// <summary>Whether it can look at all.</summary>
    public abstract bool IsReady { get; }

    /// <summary>The sentence about what is wrong with a photo, which is a key of the words; null for a good one.</summary>
    /// <param name="key">The same for the same bytes: what was seen once is remembered.</param>
    public abstract Task<string?> JudgeAsync(string key, bool isGarment, Func<Task<ReadOnlyMemory<byte>>> read, CancellationToken cancel);
}
