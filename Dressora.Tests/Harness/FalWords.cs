using System.Text.Json.Nodes;

namespace Dressora.Tests.Harness;

/// <summary>What fal says, as its clients recorded it.</summary>
internal static class FalWords
{
    internal static string Status(SimulatedJob job) => job switch
    {
        { IsCancelled: true } => """{"status":"COMPLETED","logs":[],"error":"Request was cancelled","error_type":"client_cancelled"}""",
        { IsOver: true, Scenario: Scenario.FailTimeout } =>
            """{"status":"COMPLETED","logs":[],"error":"Timed out","error_type":"generation_timeout"}""",
        { IsOver: true } => """{"status":"COMPLETED","logs":[],"metrics":{"inference_time":3.42}}""",
        { Scenario: Scenario.UnknownStatus } => """{"status":"PONDERING"}""",
        { IsStarted: true } => """{"status":"IN_PROGRESS","logs":[{"message":"step 1","level":"INFO"}]}""",
        _ => """{"status":"IN_QUEUE","queue_position":2,"logs":[]}""",
    };

    internal static (int Status, string Body)? Failure(SimulatedJob job) => job.Scenario switch
    {
        Scenario.FailTransient => (503, """{"detail":"Runner disconnected","error_type":"runner_disconnected"}"""),
        Scenario.FailContent => (422, """{"detail":[{"loc":["body"],"msg":"The content was flagged","type":"content_policy_violation"}]}"""),
        Scenario.FailInput => (422, """{"detail":[{"loc":["body","human_image_url"],"msg":"No face","type":"face_detection_error"}]}"""),
        Scenario.FailTimeout => (504, """{"detail":"Timed out","error_type":"generation_timeout"}"""),
        _ => null,
    };

    internal static string Payload(SimulatedJob job, Uri address)
    {
        var file = new JsonObject
        {
            ["url"] = $"{address}files/{job.Id}/1.png", ["content_type"] = "image/png", ["file_name"] = "1.png", ["width"] = 96, ["height"] = 128,
        };
        var images = job.Scenario == Scenario.NoMedia ? new JsonArray() : [file];
        return new JsonObject { ["images"] = images }.ToJsonString();
    }

    /// <summary>With spaces behind the colons, as theirs have: only the bytes that came can be checked.</summary>
    internal static string Callback(SimulatedJob job, Uri address)
    {
        if (job.Scenario == Scenario.EmptyCallback)
            return $$"""{"error": null, "payload": null, "request_id": "{{job.Id}}", "status": "OK"}""";
        return Failure(job) is { } failure
            ? $$"""{"error": "Invalid status code: {{failure.Status}}", "payload": {{failure.Body}}, "request_id": "{{job.Id}}", "status": "ERROR"}"""
            : $$"""{"error": null, "payload": {{Payload(job, address)}}, "request_id": "{{job.Id}}", "status": "OK"}""";
    }

    internal static (int Status, string Body)? Refusal(Scenario scenario) => scenario switch
    {
        Scenario.RefuseContent => (422, """{"detail":[{"loc":["body"],"msg":"The content was flagged","type":"content_policy_violation"}]}"""),
        Scenario.RefuseInput => (422, """{"detail":[{"loc":["body","garment_image_url"],"msg":"field required","type":"missing"}]}"""),
        Scenario.RateLimited or Scenario.RateLimitedUntil or Scenario.RateLimitedAbsurd or Scenario.RateLimitedBare =>
            (429, """{"detail":"Too many","error_type":"concurrent_requests_limit"}"""),
        Scenario.NoFunds => (403, """{"detail":"User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing."}"""),
        Scenario.BadKey => (401, """{"detail":"invalid key credentials"}"""),
        Scenario.ServerError => (500, """{"detail":"Internal Server Error","error_type":"internal_error"}"""),
        _ => null,
    };
}
