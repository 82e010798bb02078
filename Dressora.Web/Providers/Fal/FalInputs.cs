namespace Dressora.Web.Providers.Fal;

/// <summary>Gives fal a picture: small ones within the request, others through its storage.</summary>
internal sealed class FalInputs(FalLine line)
{
    internal const int InlineBytesMax = 1_500_000;

    internal async Task<(string? Address, ProviderError? Error)> PutAsync(ProviderInput input, CancellationToken cancel)
    {
        if (input.Bytes.Length <= InlineBytesMax)
            return ($"data:{input.Mime};base64,{Convert.ToBase64String(input.Bytes.Span)}", null);
        var heard = await line.InitiateUploadAsync(input.Mime, cancel);
        if (heard is not Heard.Answer answer)
            return (null, ((Heard.Nothing)heard).Error);
        if (!answer.IsGood)
            return (null, FalErrors.Of(answer));
        if (answer.Json is not { } json || Place(json.Text("upload_url")) is not { } upload || Place(json.Text("file_url")) is not { } file)
            return (null, WireErrors.Garbage);
        return await line.UploadAsync(upload, input, cancel) switch
        {
            Heard.Answer { IsGood: true } => (file.AbsoluteUri, null),
            Heard.Answer refused => (null, WireErrors.Make(ErrorClass.Transient, $"upload_{refused.Status}", "The picture was not taken.")),
            var silent => (null, ((Heard.Nothing)silent).Error),
        };
    }

    /// <summary>A photo goes only to where fal keeps files.</summary>
    private Uri? Place(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && line.ResultHosts.Has(address)
        && (address.Scheme == Uri.UriSchemeHttps || address.IsLoopback)
            ? address
            : null;
}
