namespace Dressora.Web.Providers.Sandbox;

/// <summary>Answers that take no job.</summary>
internal static class SandboxRefusals
{
    private const int RetrySeconds = 7;

    /// <summary>False when the scenario takes the job.</summary>
    internal static async Task<bool> AnswerAsync(HttpContext http, SandboxScenario scenario)
    {
        if (scenario == SandboxScenario.HtmlAnswer)
        {
            http.Response.StatusCode = 502;
            http.Response.ContentType = "text/html";
            await http.Response.WriteAsync("<html><h1>502 Bad Gateway</h1></html>", http.RequestAborted);
            return true;
        }

        (int Status, string Class)? refusal = scenario switch
        {
            SandboxScenario.RefuseTransient => (503, "transient"),
            SandboxScenario.RefuseRateLimited => (429, "rate_limited"),
            SandboxScenario.RefuseContent => (422, "rejected_content"),
            SandboxScenario.RefuseInput => (422, "bad_input"),
            SandboxScenario.RefuseAuth => (401, "auth"),
            SandboxScenario.RefuseFunds => (403, "out_of_funds"),
            _ => null,
        };
        if (refusal is not { } no)
            return false;
        await SandboxDesk.SayAsync(
            http, no.Status, SandboxDesk.Error(no.Class, "sandbox_refused", "The sandbox was told to refuse."),
            no.Status == 429 ? RetrySeconds : null);
        return true;
    }
}
