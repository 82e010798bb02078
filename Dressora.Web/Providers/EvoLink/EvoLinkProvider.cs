using System.Text.Json;

namespace Dressora.Web.Providers.EvoLink;

/// <summary>EvoLink: image models that edit by words. Its callbacks are unsigned, so they only make us look.</summary>
internal sealed class EvoLinkProvider(EvoLinkLine line, EvoLinkFiles files, EvoLinkTasks tasks) : IProvider
{
    private const int CallbackLengthMax = 2048;

    public string Name => "evolink";
    public ProviderTraits Traits => new(CallbackTrust.Hint, HonoursKeys: true, CanCancel: false, line.ResultHosts);
    public bool IsReady => line.HasKey;

    public async Task<Submission> SubmitAsync(ProviderRequest request, CancellationToken cancel)
    {
        if (request.Kind is not (JobKind.TryOn or JobKind.Image))
            return Refused("unsupported_kind", "It makes pictures only.");
        var prompt = request.Kind == JobKind.TryOn ? TryOnPrompt.Of(request) : request.Text("prompt");
        if (prompt is null)
            return Refused("no_prompt", "There is nothing to make a picture of.");
        var model = EvoLinkModel.Of(request.Model);
        if (model.Refusal(prompt, request.Inputs.Count) is { } refusal)
            return new Submission.Rejected(refusal);
        var (images, error) = await files.UploadAsync(request, cancel);
        if (error is not null)
            return new Submission.Rejected(error);
        return await SendAsync(Reachable(request), prompt, model, images, cancel);
    }

    public async Task<Snapshot> PollAsync(string pollReference, CancellationToken cancel)
    {
        var heard = await line.GetAsync($"/v1/tasks/{Uri.EscapeDataString(pollReference)}", cancel);
        if (heard is not Heard.Answer answer)
            return Snapshot.Unclear(((Heard.Nothing)heard).Error);
        if (answer.IsGood)
            return answer.Json is { } task ? tasks.Read(task) : Snapshot.Unclear(WireErrors.Garbage);
        var error = EvoLinkErrors.Of(answer);
        return error.Code is "task_not_found" or "resource_not_found" ? Snapshot.Failed(error) : Snapshot.Unclear(error);
    }

    public Task<Callback> ReadCallbackAsync(CallbackCall call, CancellationToken cancel)
    {
        var id = LooseJson.Read(call.Body)?.Text("id");
        return Task.FromResult<Callback>(id is null ? new Callback.Forged("It names no task.")
            : call.ExternalId is { } known && known != id ? new Callback.Forged("It names another task.")
            : new Callback.Hint());
    }

    public Task<Cancellation> CancelAsync(string pollReference, CancellationToken cancel) => Task.FromResult(Cancellation.Unsupported);

    public async Task<ProviderError?> TestKeyAsync(CancellationToken cancel)
    {
        var heard = await line.GetAsync("/v1/credits", cancel);
        if (heard is not Heard.Answer answer)
            return ((Heard.Nothing)heard).Error;
        if (!answer.IsGood)
            return EvoLinkErrors.Of(answer);
        if (answer.Json is not { } json)
            return WireErrors.Garbage;
        var left = json.Child("data")?.Child("user")?.Number("remaining_credits");
        return left <= 0 ? WireErrors.Make(ErrorClass.OutOfFunds, "no_credits", "The account has no credits left.") : null;
    }

    private async Task<Submission> SendAsync(
        ProviderRequest request, string prompt, EvoLinkModel model, IReadOnlyList<string> images, CancellationToken cancel)
    {
        Heard heard;
        try
        {
            heard = await line.PostAsync("/v1/images/generations", model.Body(request, prompt, images), KeyOf(request), cancel);
        }
        catch (OperationCanceledException)
        {
            return new Submission.Unknown("This server stopped while it was asking.");
        }

        return heard switch
        {
            Heard.Answer { IsGood: true, Json: { } task } => Accepted(task),
            Heard.Answer { IsGood: true } => new Submission.Unknown("The answer could not be read."),
            Heard.Answer answer => Turned(EvoLinkErrors.Of(answer)),
            Heard.Nothing { MayHaveArrived: false } nothing => new Submission.Rejected(nothing.Error),
            _ => new Submission.Unknown(((Heard.Nothing)heard).Error.Message),
        };
    }

    private Submission Accepted(JsonElement task)
    {
        if (task.Text("id") is not { Length: > 0 and < 200 } id)
            return new Submission.Unknown("The answer names no task.");
        var snapshot = tasks.Read(task);
        return snapshot.State switch
        {
            SnapshotState.Failed => new Submission.Rejected(snapshot.Error!),
            SnapshotState.Succeeded => new Submission.Finished(snapshot),
            _ => new Submission.Accepted(id, id, task.Child("task_info")?.Seconds("estimated_time")),
        };
    }

    private static Submission Turned(ProviderError error) => EvoLinkErrors.IsAboutEarlier(error)
        ? new Submission.Unknown("It was asked before and does not say what became of it.")
        : new Submission.Rejected(error);

    /// <summary>The next model of the same job asks for something else.</summary>
    private static string KeyOf(ProviderRequest request) => $"{request.IdempotencyKey}-{request.Model}";

    private static ProviderRequest Reachable(ProviderRequest request) =>
        request.Callback is { Scheme: "https" } callback && callback.AbsoluteUri.Length <= CallbackLengthMax
            ? request
            : request with { Callback = null };

    private static Submission.Rejected Refused(string code, string message) =>
        new(WireErrors.Make(ErrorClass.Unsupported, code, message));
}
