namespace Dressora.Web.Media;

/// <summary>Somebody said: I am 18 or older, and whoever is in my pictures is me or agreed. Kept with the words' version.</summary>
public sealed class Statement(long userId, string version, DateTimeOffset madeAt)
{
    /// <summary>Changes when the words on the page change what they mean: then everybody is asked again.</summary>
    public const string Current = "2026-11";

    public long UserId { get; private set; } = userId;
    public string Version { get; private set; } = version;
    public DateTimeOffset MadeAt { get; private set; } = madeAt;
}
