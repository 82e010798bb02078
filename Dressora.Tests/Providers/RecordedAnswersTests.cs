using Dressora.Web.Providers;
using Dressora.Web.Providers.EvoLink;
using Dressora.Web.Providers.Fal;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Dressora.Tests.Providers;

/// <summary>Answers as their documents and clients show them.</summary>
public sealed class RecordedAnswersTests
{
    [Theory]
    [InlineData("kolors", SnapshotState.Succeeded, 1, null)]
    [InlineData("fashn", SnapshotState.Succeeded, 2, null)]
    [InlineData("inline", SnapshotState.Succeeded, 1, null)]
    [InlineData("leffa-unsafe", SnapshotState.Failed, 0, ErrorClass.RejectedContent)]
    [InlineData("empty", SnapshotState.Failed, 0, ErrorClass.RejectedContent)]
    public void What_fal_made_is_found(string name, SnapshotState state, int outputs, ErrorClass? error) =>
        Check(FalResults.Read(Read($"Fal/Answers/{name}.json")), state, outputs, error);

    [Theory]
    [InlineData("pending", SnapshotState.Queued, 0, null)]
    [InlineData("completed", SnapshotState.Succeeded, 1, null)]
    [InlineData("refused", SnapshotState.Failed, 0, ErrorClass.RejectedContent)]
    [InlineData("quota-money", SnapshotState.Failed, 0, ErrorClass.OutOfFunds)]
    [InlineData("quota-rate", SnapshotState.Failed, 0, ErrorClass.RateLimited)]
    public void How_EvoLinks_task_stands_is_understood(string name, SnapshotState state, int outputs, ErrorClass? error) =>
        Check(new EvoLinkTasks(NullLogger<EvoLinkTasks>.Instance).Read(Read($"EvoLink/Answers/{name}.json")), state, outputs, error);

    [Theory]
    [InlineData(403, """{"detail":"User is locked. Reason: Exhausted balance. Top up."}""", ErrorClass.OutOfFunds)]
    [InlineData(403, """{"detail":"User is locked. Reason: Admin lock."}""", ErrorClass.Auth)]
    [InlineData(401, """{"detail":"Cannot access application fal-ai/x"}""", ErrorClass.Auth)]
    [InlineData(403, """{"detail":"Cannot access application fal-ai/x"}""", ErrorClass.Auth)]
    [InlineData(503, """{"detail":"x","error_type":"runner_scheduling_failure"}""", ErrorClass.Transient)]
    [InlineData(504, """{"detail":"x","error_type":"startup_timeout"}""", ErrorClass.Timeout)]
    [InlineData(429, """{"detail":"x","error_type":"concurrent_requests_limit"}""", ErrorClass.RateLimited)]
    [InlineData(422, """{"detail":[{"type":"image_too_small","msg":"x","loc":["body"]}]}""", ErrorClass.BadInput)]
    [InlineData(422, """{"detail":[{"type":"no_media_generated","msg":"x","loc":["body"]}]}""", ErrorClass.RejectedContent)]
    [InlineData(500, """{"detail":[{"type":"downstream_service_error","msg":"x"}]}""", ErrorClass.Transient)]
    [InlineData(403, "<html>Blocked</html>", ErrorClass.Transient)]
    [InlineData(404, "<html>Nothing here</html>", ErrorClass.Transient)]
    [InlineData(404, """{"detail":"Application not found"}""", ErrorClass.BadInput)]
    public void Fals_errors_are_judged_by_their_body(int status, string body, ErrorClass expected) =>
        Assert.Equal(expected, FalErrors.Of(Answer(status, body)).Class);

    [Theory]
    [InlineData(400, """{"error":{"code":400,"type":"invalid_request_error","message":"x"}}""", ErrorClass.BadInput)]
    [InlineData(402, """{"error":{"code":402,"type":"insufficient_quota_error","message":"x"}}""", ErrorClass.OutOfFunds)]
    [InlineData(429, """{"error":{"code":"account_balance_insufficient","type":"x","message":"x"}}""", ErrorClass.OutOfFunds)]
    [InlineData(403, """{"error":{"code":"key_daily_quota_exhausted","type":"permission_error","message":"x"}}""", ErrorClass.OutOfFunds)]
    [InlineData(403, """{"error":{"code":"key_expired","type":"x","message":"x"}}""", ErrorClass.Auth)]
    [InlineData(500, """{"error":{"code":"no_available_channel","type":"x","message":"x"}}""", ErrorClass.Transient)]
    [InlineData(400, """{"error":{"code":"input_moderation_failed","type":"invalid_request_error","message":"x"}}""", ErrorClass.RejectedContent)]
    [InlineData(413, """{"error":{"code":413,"type":"request_too_large_error","message":"x"}}""", ErrorClass.BadInput)]
    [InlineData(503, """{"error":{"code":503,"type":"something new","message":"x"}}""", ErrorClass.Transient)]
    [InlineData(418, """{"error":"a text"}""", ErrorClass.BadInput)]
    public void EvoLinks_errors_are_judged_by_their_body(int status, string body, ErrorClass expected) =>
        Assert.Equal(expected, EvoLinkErrors.Of(Answer(status, body)).Class);

    [Theory]
    [InlineData("https://queue.fal.run/fal-ai/fashn/requests/r-1/status", "/fal-ai/fashn/requests/r-1/status")]
    [InlineData("https://evil.example/fal-ai/fashn/requests/r-1/status", "/fal-ai/fashn/requests/r-1/status")]
    [InlineData("https://queue.fal.run:8443/requests/r-1/status", "/fal-ai/fashn/requests/r-1/status")]
    [InlineData("https://queue.fal.run/other/requests/r-1/status", "/other/requests/r-1/status")]
    [InlineData("nonsense", "/fal-ai/fashn/requests/r-1/status")]
    public void Only_fals_own_addresses_are_asked(string status, string expected)
    {
        var answer = LooseJson.Read(System.Text.Encoding.UTF8.GetBytes($$"""{"request_id":"r-1","status_url":"{{status}}"}"""))!.Value;

        var ticket = FalTicket.Of("fal-ai/fashn/tryon/v1.6", answer, "queue.fal.run")!;

        Assert.Equal(expected, ticket.Status);
        Assert.Equal(ticket, FalTicket.Read(ticket.Write()));
    }

    [Theory]
    [InlineData("""{"request_id":"../../x"}""")]
    [InlineData("""{"request_id":7}""")]
    [InlineData("""{"request_id":null}""")]
    [InlineData("""{}""")]
    public void A_request_without_a_plain_number_is_none(string answer)
    {
        var ticket = FalTicket.Of("fal-ai/fashn/tryon/v1.6", LooseJson.Read(System.Text.Encoding.UTF8.GetBytes(answer))!.Value, "queue.fal.run");

        Assert.True(ticket is null or { Id: "7" });
    }

    private static Heard.Answer Answer(int status, string body) => new(status, System.Text.Encoding.UTF8.GetBytes(body), null);

    private static System.Text.Json.JsonElement Read(string path) =>
        LooseJson.Read(System.Text.Encoding.UTF8.GetBytes(Recordings.Answer(path)))!.Value;

    private static void Check(Snapshot seen, SnapshotState state, int outputs, ErrorClass? error)
    {
        Assert.Equal((state, outputs, error), (seen.State, seen.Outputs.Count, seen.Error?.Class));
    }
}
