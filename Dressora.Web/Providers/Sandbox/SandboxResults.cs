namespace Dressora.Web.Providers.Sandbox;

/// <summary>Hands out what was made, or whatever the scenario hands out instead.</summary>
internal static class SandboxResults
{
    private const long OversizedBytes = 4L * 1024 * 1024 * 1024;

    internal static async Task SendAsync(HttpContext http, SandboxFolder folder, string id, string name)
    {
        var job = folder.Find(id);
        var file = job?.Outputs.Append(job.Preview).FirstOrDefault(made => made?.Name == name);
        var scenario = job?.Outputs.Contains(file) == true ? job.Plan.Scenario : SandboxScenario.Ok;
        if (job is null || file is null || scenario == SandboxScenario.ExpiredResult)
        {
            await SandboxDesk.SayAsync(http, 404, SandboxDesk.Error("bad_input", "not_found", "No such result."));
            return;
        }

        http.Response.ContentType = file.Mime;
        switch (scenario)
        {
            case SandboxScenario.EndlessResult:
                await DripAsync(http, folder.Read(id, name));
                break;
            case SandboxScenario.OversizedResult:
                await FloodAsync(http, folder.Read(id, name));
                break;
            case SandboxScenario.BrokenResult:
                var whole = folder.Read(id, name);
                await http.Response.Body.WriteAsync(whole.AsMemory(0, whole.Length / 2), http.RequestAborted);
                break;
            case SandboxScenario.HtmlResult:
                await http.Response.WriteAsync("<html><h1>Gone</h1></html>", http.RequestAborted);
                break;
            default:
                await http.Response.SendFileAsync(folder.PathOf(id, name), http.RequestAborted);
                break;
        }
    }

    private static async Task DripAsync(HttpContext http, byte[] bytes)
    {
        for (var i = 0; !http.RequestAborted.IsCancellationRequested; i++)
        {
            await http.Response.Body.WriteAsync(bytes.AsMemory(i % bytes.Length, 1), CancellationToken.None);
            await http.Response.Body.FlushAsync(CancellationToken.None);
            await Task.Delay(TimeSpan.FromSeconds(1), http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task FloodAsync(HttpContext http, byte[] start)
    {
        await http.Response.Body.WriteAsync(start, http.RequestAborted);
        var piece = new byte[64 * 1024];
        for (var sent = 0L; sent < OversizedBytes && !http.RequestAborted.IsCancellationRequested; sent += piece.Length)
            await http.Response.Body.WriteAsync(piece, CancellationToken.None);
    }
}
