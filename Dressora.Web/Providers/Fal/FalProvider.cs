using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dressora.Web.Providers.Fal;

/// <summary>fal's queue: try-on models made for people. Its callbacks are signed.</summary>
internal sealed partial class FalProvider(FalLine line, FalInputs inputs, FalCallbacks callbacks, ILogger<FalProvider> log) : IProvider
{
    public string Name => "fal";
    public ProviderTraits Traits => new(CallbackTrust.Proof, HonoursKeys: false, CanCancel: true, line.ResultHosts);
    public bool IsReady => line.HasKey;

    public async Task<Submission> SubmitAsync(ProviderRequest request, CancellationToken cancel)
    {
        if (request.Kind != JobKind.TryOn)
            return Refused("unsupported_kind", "Only try-on is asked of it.");
        if (request.Input("person") is not { } person || request.Input("garment") is not { } garment)
            return Refused("needs_garment", "This model needs a picture of the person and one of the garment.");
        var (personAt, error) = await inputs.PutAsync(person, cancel);
        if (error is not null)
            return new Submission.Rejected(error);
        var (garmentAt, second) = await inputs.PutAsync(garment, cancel);
        if (second is not null)
            return new Submission.Rejected(second);
        return FalModels.Body(request, personAt!, garmentAt!) is { } body
            ? await SendAsync(request, body, cancel)
            : Refused("unknown_model", "This model is not known here.");
    }

    public async Task<Snapshot> PollAsync(string pollReference, CancellationToken cancel)
    {
        if (FalTicket.Read(pollReference) is not { } ticket)
            return Snapshot.Failed(WireErrors.Make(ErrorClass.BadInput, "bad_reference", "The request's address is lost."));
        var heard = await line.StatusAsync(ticket, cancel);
        if (heard is not Heard.Answer answer)
            return Snapshot.Unclear(((Heard.Nothing)heard).Error);
        if (answer.Json?.Text("status") == "NOT_FOUND")
            return Snapshot.Failed(WireErrors.Make(ErrorClass.Transient, "not_found", "The request is not known there."));
        if (!answer.IsGood)
            return Snapshot.Unclear(FalErrors.Of(answer));
        return answer.Json is { } status ? await ReadAsync(status, ticket, cancel) : Snapshot.Unclear(WireErrors.Garbage);
    }

    public Task<Callback> ReadCallbackAsync(CallbackCall call, CancellationToken cancel) => callbacks.ReadAsync(call, cancel);

    public async Task<Cancellation> CancelAsync(string pollReference, CancellationToken cancel) =>
        FalTicket.Read(pollReference) is { } ticket && await line.CancelAsync(ticket, cancel) is Heard.Answer { IsGood: true }
            ? Cancellation.Requested
            : Cancellation.TooLate;

    /// <summary>Asks for a place to put a file and puts none: refused without a key and without money.</summary>
    public async Task<ProviderError?> TestKeyAsync(CancellationToken cancel) =>
        await line.InitiateUploadAsync("image/png", cancel) switch
        {
            Heard.Answer { IsGood: true } => null,
            Heard.Answer answer => FalErrors.Of(answer),
            var nothing => ((Heard.Nothing)nothing).Error,
        };

    private async Task<Submission> SendAsync(ProviderRequest request, JsonObject body, CancellationToken cancel)
    {
        Heard heard;
        try
        {
            heard = await line.SubmitAsync(request.Model, body, request.Callback, cancel);
        }
        catch (OperationCanceledException)
        {
            return new Submission.Unknown("This server stopped while it was asking.");
        }

        return heard switch
        {
            Heard.Answer { IsGood: true, Json: { } json } when FalTicket.Of(request.Model, json, line.QueueHost) is { } ticket =>
                new Submission.Accepted(ticket.Id, ticket.Write()),
            Heard.Answer { IsGood: true } => new Submission.Unknown("The answer names no request."),
            // Something in front of the queue lost patience; the queue may have it.
            Heard.Answer { Status: 504, Json: null } => new Submission.Unknown("No answer came in time."),
            Heard.Answer answer => new Submission.Rejected(FalErrors.Of(answer)),
            Heard.Nothing { MayHaveArrived: false } nothing => new Submission.Rejected(nothing.Error),
            _ => new Submission.Unknown(((Heard.Nothing)heard).Error.Message),
        };
    }

    private async Task<Snapshot> ReadAsync(JsonElement status, FalTicket ticket, CancellationToken cancel)
    {
        switch (status.Text("status")?.ToUpperInvariant())
        {
            case "IN_QUEUE":
                return new Snapshot(SnapshotState.Queued, Position: (int?)status.Number("queue_position"));
            case "IN_PROGRESS":
                return new Snapshot(SnapshotState.Running);
            case "COMPLETED" when FalErrors.IsCancelled(status):
                return new Snapshot(SnapshotState.Cancelled);
            case "COMPLETED" when status.Child("error") is not null || status.Child("error_type") is not null:
                return Snapshot.Failed(FalErrors.Of(status, 500));
            case "COMPLETED":
                return await FetchAsync(ticket, cancel);
            default:
                var unknown = WireErrors.UnknownWord(status.Text("status"));
                Log.UnknownStatus(log, unknown.Message);
                return Snapshot.Unclear(unknown);
        }
    }

    /// <summary>"Completed" is said of failures too: only the result tells.</summary>
    private async Task<Snapshot> FetchAsync(FalTicket ticket, CancellationToken cancel)
    {
        var heard = await line.ResultAsync(ticket, cancel);
        if (heard is not Heard.Answer answer)
            return Snapshot.Unclear(((Heard.Nothing)heard).Error);
        if (answer.IsGood)
            return answer.Json is { } payload ? FalResults.Read(payload) : Snapshot.Unclear(WireErrors.Garbage);
        if (FalErrors.IsStillGoing(answer))
            return new Snapshot(SnapshotState.Running);
        var error = FalErrors.Of(answer);
        return answer.Json is null || error.Class is ErrorClass.Auth or ErrorClass.OutOfFunds or ErrorClass.RateLimited
            ? Snapshot.Unclear(error)
            : Snapshot.Failed(error);
    }

    private static Submission.Rejected Refused(string code, string message) =>
        new(WireErrors.Make(ErrorClass.Unsupported, code, message));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Debug, Message = "fal: {Why}")]
        public static partial void UnknownStatus(ILogger logger, string why);
    }
}
