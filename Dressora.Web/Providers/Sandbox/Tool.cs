using System.ComponentModel;
using System.Diagnostics;

namespace Dressora.Web.Providers.Sandbox;

internal enum ToolEnd
{
    Done,
    NotInstalled,
    Failed,
}

/// <summary>A program of this machine, run with words of our own making, for a bounded time and out of everybody's way.</summary>
internal sealed class Tool(TimeProvider clock)
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(90);

    internal async Task<ToolEnd> RunAsync(string program, IEnumerable<string> words, CancellationToken stop)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, words)
            {
                RedirectStandardInput = true, RedirectStandardError = true, RedirectStandardOutput = true,
            },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception)
        {
            return ToolEnd.NotInstalled;
        }

        try
        {
            return await WaitAsync(process, stop);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private async Task<ToolEnd> WaitAsync(Process process, CancellationToken stop)
    {
        using var time = new CancellationTokenSource(TimeMax, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(time.Token, stop);
        try
        {
            process.PriorityClass = ProcessPriorityClass.BelowNormal;
            process.StandardInput.Close();
            await Task.WhenAll(
                process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, both.Token),
                process.StandardError.BaseStream.CopyToAsync(Stream.Null, both.Token),
                process.WaitForExitAsync(both.Token));
            return process.ExitCode == 0 ? ToolEnd.Done : ToolEnd.Failed;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return ToolEnd.Failed;
        }
        catch (InvalidOperationException)
        {
            // It was over before its priority could be set.
            return process.HasExited && process.ExitCode == 0 ? ToolEnd.Done : ToolEnd.Failed;
        }
    }
}
