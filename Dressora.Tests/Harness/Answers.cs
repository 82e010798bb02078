using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Dressora.Tests.Harness;

/// <summary>Answers of a simulated company that take nothing.</summary>
internal static class Answers
{
    internal const int RetrySeconds = 17;

    internal static Task SayAsync(HttpContext http, int status, string json)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(json);
    }

    /// <summary>False when the scenario takes the job.</summary>
    internal static async Task<bool> RefuseAsync(
        HttpContext http, Scenario scenario, Func<Scenario, (int Status, string Body)?> words)
    {
        var retry = scenario switch
        {
            Scenario.RateLimited => RetrySeconds.ToString(CultureInfo.InvariantCulture),
            Scenario.RateLimitedUntil => FakeClock.Start.AddSeconds(RetrySeconds).ToString("R", CultureInfo.InvariantCulture),
            Scenario.RateLimitedAbsurd => "2000000000",
            _ => null,
        };
        if (retry is not null)
            http.Response.Headers.RetryAfter = retry;
        switch (scenario)
        {
            case Scenario.HtmlBadGateway or Scenario.HtmlForbidden:
                http.Response.StatusCode = scenario == Scenario.HtmlForbidden ? 403 : 502;
                http.Response.ContentType = "text/html";
                await http.Response.WriteAsync("<html><body><h1>Something is wrong</h1></body></html>");
                return true;
            case Scenario.Garbage:
                await http.Response.WriteAsync("""["not", "what", "anybody", "expects"]""");
                return true;
            case Scenario.OversizeAnswer:
                http.Response.ContentType = "application/json";
                await SimulatedFiles.FloodAsync(http);
                return true;
        }

        if (words(scenario) is not { } refusal)
            return false;
        await SayAsync(http, refusal.Status, refusal.Body);
        return true;
    }
}
