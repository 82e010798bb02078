using Dressora.Web.Pictures;

namespace Dressora.Web.Providers.Tailor;

/// <summary>
/// Fits a top onto a photo on this machine: a collage of the two photos, made at once and for nobody's money. It does the
/// same again when asked the same again.
/// </summary>
internal sealed class TailorProvider(TailorBench bench, Darkroom darkroom) : IProvider
{
    private const int Quality = 90;
    private static readonly Callback Nobody = new Callback.Forged("The tailor calls nobody.");

    public string Name => "tailor";
    public ProviderTraits Traits { get; } = new(CallbackTrust.None, HonoursKeys: true, CanCancel: false, [], IsQuick: true);
    public bool IsReady => bench.IsReady;

    public async Task<Submission> SubmitAsync(ProviderRequest request, CancellationToken cancel)
    {
        if (request is not { Kind: JobKind.TryOn } || request.Category() != GarmentCategory.Top
            || request.Input("person") is not { } person || request.Input("garment") is not { } garment)
            return Rejected(ErrorClass.Unsupported, "tops_only", "The quick preview fits tops that a photo shows. A connected maker fits everything.");
        try
        {
            return await FitAsync(person, garment, cancel);
        }
        catch (OperationCanceledException)
        {
            return new Submission.Unknown("This server stopped while it was fitting.");
        }
    }

    public Task<Snapshot> PollAsync(string pollReference, CancellationToken cancel) => Task.FromResult(
        Snapshot.Failed(new ProviderError(ErrorClass.Transient, "not_found", "The tailor answers at once.")));

    public Task<Callback> ReadCallbackAsync(CallbackCall call, CancellationToken cancel) => Task.FromResult(Nobody);

    public Task<Cancellation> CancelAsync(string pollReference, CancellationToken cancel) => Task.FromResult(Cancellation.Unsupported);

    public Task<ProviderError?> TestKeyAsync(CancellationToken cancel) => Task.FromResult(
        IsReady ? null : new ProviderError(ErrorClass.Auth, "no_models", "The two model files are not in the data folder, or libvips is not installed."));

    private async Task<Submission> FitAsync(ProviderInput person, ProviderInput garment, CancellationToken cancel)
    {
        if (await TailorEyes.ExposeAsync(darkroom, person.Bytes, cancel) is not { } figure || await TailorEyes.ExposeAsync(darkroom, garment.Bytes, cancel) is not { } cloth)
            return Rejected(ErrorClass.BadInput, "unreadable", "One of the photos cannot be read.");
        var work = await bench.WorkAsync(figure, cloth, fits: true, cancel);
        if (work.IsBusy)
            return Rejected(ErrorClass.RateLimited, "busy", "The tailor has enough to do.");
        if (work.Reply is null)
            return Rejected(work.Excess == Excess.Time ? ErrorClass.Timeout : ErrorClass.Transient, "broke_off", "The fitting broke off.");
        if ((work.Reply.PersonFault ?? work.Reply.GarmentFault) is { } fault)
            return Rejected(ErrorClass.BadInput, fault.ToString(), FaultWords.Of(fault));
        if (work.Picture is null || await darkroom.FixAsync(work.Picture, [new Print(PictureKind.Jpeg, Quality)], cancel) is not Fixed.Done done)
            return Rejected(ErrorClass.Transient, "no_picture", "The fitting came to no picture.");
        var output = new ProviderOutput(null, done.Prints[0].Bytes, "image/jpeg");
        return new Submission.Finished(new Snapshot(SnapshotState.Succeeded, 100, Finals: [output]));
    }

    private static Submission.Rejected Rejected(ErrorClass kind, string code, string message) => new(new ProviderError(kind, code, message));
}
