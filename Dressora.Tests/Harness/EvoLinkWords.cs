using System.Text.Json.Nodes;

namespace Dressora.Tests.Harness;

/// <summary>What EvoLink says, as its clients recorded it.</summary>
internal static class EvoLinkWords
{
    internal static string Task(SimulatedJob job, Uri address, bool isNew = false)
    {
        var (status, error) = isNew ? ("pending", null) : Stand(job);
        var task = new JsonObject
        {
            ["created"] = 1757165031, ["id"] = job.Id, ["model"] = "nano-banana-2-lite", ["object"] = "image.generation.task",
            ["type"] = "image", ["status"] = status, ["progress"] = status == "completed" ? 100 : 0,
            ["task_info"] = new JsonObject { ["can_cancel"] = true, ["estimated_time"] = 45 },
            ["usage"] = new JsonObject { ["billing_rule"] = "per_call", ["credits_reserved"] = 1.6, ["user_group"] = "default" },
        };
        if (status == "completed")
            task["results"] = job.Scenario == Scenario.NoMedia ? [] : new JsonArray($"{address}files/{job.Id}/1.png");
        if (error is not null)
            task["error"] = new JsonObject { ["code"] = error, ["message"] = "It did not work.", ["type"] = "task_error" };
        return task.ToJsonString();
    }

    /// <summary>The code is a number on some of their addresses and a word on others.</summary>
    internal static string Error(int status, string type, string? word = null) => Error(word is null ? $"{status}" : $"\"{word}\"", type);

    internal static string Error(string code, string type) =>
        $$$"""{"error":{"code":{{{code}}},"message":"retry after 60 seconds","type":"{{{type}}}","param":"","fallback_suggestion":""}}""";

    internal static (int Status, string Body)? Refusal(Scenario scenario) => scenario switch
    {
        Scenario.RefuseContent => (400, Error(400, "invalid_request_error", "content_policy_violation")),
        Scenario.RefuseInput => (400, Error(400, "invalid_request_error")),
        Scenario.RateLimited or Scenario.RateLimitedUntil or Scenario.RateLimitedAbsurd or Scenario.RateLimitedBare =>
            (429, Error(429, "rate_limit_error")),
        Scenario.NoFunds => (429, Error(429, "insufficient_quota", "insufficient_user_quota")),
        Scenario.BadKey => (401, Error(401, "authentication_error")),
        Scenario.ServerError => (500, Error(500, "internal_server_error")),
        _ => null,
    };

    private static (string Status, string? Error) Stand(SimulatedJob job) => job switch
    {
        { IsOver: false, Scenario: Scenario.UnknownStatus } => ("pondering", null),
        { IsOver: false, IsStarted: true } => ("processing", null),
        { IsOver: false } => ("pending", null),
        { Scenario: Scenario.FailTransient } => ("failed", "service_error"),
        { Scenario: Scenario.FailContent } => ("failed", "content_policy_violation"),
        { Scenario: Scenario.FailInput } => ("failed", "image_processing_error"),
        { Scenario: Scenario.FailTimeout } => ("failed", "generation_timeout"),
        { Scenario: Scenario.Cancelled } => ("failed", "request_cancelled"),
        _ => ("completed", null),
    };
}
