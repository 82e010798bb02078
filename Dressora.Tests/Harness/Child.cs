using System.Diagnostics;
using System.Text;

namespace Dressora.Tests.Harness;

/// <summary>The real program in a process of its own, which does not outlive the test.</summary>
public sealed class Child : IAsyncDisposable
{
    /// <summary>Longer than anything takes on a busy machine; whoever waits this long has found a hang.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly string[] OursInTheEnvironment = ["PORT", "DATA", "URLS", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS"];

    private static readonly Dictionary<string, string> Nothing = [];

    private readonly Process _process;
    private readonly StringBuilder _said = new();
    private readonly StringBuilder _complained = new();
    private readonly TaskCompletionSource _silent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Child(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Note(_said, line.Data, _silent);
        _process.ErrorDataReceived += (_, line) => Note(_complained, line.Data, null);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Id => _process.Id;
    public bool HasEnded => _process.HasExited;

    /// <summary>Standard output so far.</summary>
    public string Said => Read(_said);

    /// <summary>Standard error so far.</summary>
    public string Complained => Read(_complained);

    /// <summary>Dressora, as an owner starts it.</summary>
    public static Child Run(params string[] args) => RunIn(AppContext.BaseDirectory, Nothing, args);

    public static Child RunIn(string folder, IReadOnlyDictionary<string, string> environment, params string[] args) =>
        Start("dotnet", folder, environment, [Path.Combine(AppContext.BaseDirectory, "Dressora.Web.dll"), .. args]);

    /// <summary>This test assembly's own Main, for work that the product has no verb for.</summary>
    public static Child RunAct(params string[] args) => Start(
        "dotnet", AppContext.BaseDirectory, Nothing,
        [Path.Combine(AppContext.BaseDirectory, "Dressora.Tests.dll"), "act", .. args]);

    public static Child Start(string program, string folder, IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = folder };
        foreach (var name in start.Environment.Keys.Where(name => OursInTheEnvironment.Contains(name.ToUpperInvariant())).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new Child(start);
    }

    /// <summary>A server on a free port, ready for requests.</summary>
    public static async Task<(Child Child, Uri Address)> ServeAsync(string data, params string[] settings)
    {
        var address = new Uri($"http://127.0.0.1:{Site.FreePort()}");
        var child = Run(["--data", data, "--urls", address.GetLeftPart(UriPartial.Authority), .. settings]);
        await child.SaysAsync("Dressora is open at");
        return (child, address);
    }

    /// <summary>Waits until a line of the output holds this, and returns the line.</summary>
    public async Task<string> SaysAsync(string part)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < Patience; await Task.Delay(10))
        {
            var line = Said.Split('\n').FirstOrDefault(line => line.Contains(part, StringComparison.Ordinal));
            if (line is not null)
                return line;
            if (HasEnded && _silent.Task.IsCompleted)
                break;
        }

        throw new InvalidOperationException($"It never said \"{part}\".\n{this}");
    }

    /// <summary>The exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            throw new InvalidOperationException($"It hangs.\n{this}");
        }

        return _process.ExitCode;
    }

    /// <summary>As the machine's own stop does: it may finish what it has begun.</summary>
    public async Task<int> StopAsync()
    {
        using var stop = Process.Start("kill", ["-TERM", $"{Id}"]);
        await stop.WaitForExitAsync();
        return await EndAsync();
    }

    /// <summary>As a power cut does: nothing more happens in it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!HasEnded)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    public override string ToString() => $"exit {(HasEnded ? _process.ExitCode : "not yet")}\n{Said}\n{Complained}";

    private static void Note(StringBuilder text, string? line, TaskCompletionSource? end)
    {
        if (line is null)
        {
            end?.TrySetResult();
            return;
        }

        lock (text)
            text.Append(line).Append('\n');
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
