using System.Text.Json;

namespace Dressora.Web.Providers;

/// <summary>What came back over the wire.</summary>
internal abstract record Heard
{
    private Heard()
    {
    }

    /// <param name="ErrorType">What kind of error a header calls it, where a provider has such a header.</param>
    internal sealed record Answer(int Status, byte[] Body, TimeSpan? RetryAfter, string? ErrorType = null) : Heard
    {
        internal bool IsGood => Status is >= 200 and < 300;

        /// <summary>Null when the body is not one JSON object, whatever it calls itself.</summary>
        internal JsonElement? Json { get; } = LooseJson.Read(Body);
    }

    /// <param name="MayHaveArrived">The request may have reached them: asking again could be paid twice.</param>
    internal sealed record Nothing(bool MayHaveArrived, ProviderError Error) : Heard;
}
