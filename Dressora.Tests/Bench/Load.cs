using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Dressora.Tests.Bench;

/// <summary>
/// Callers who come by the clock and not when the last answer came: a write that waits makes the next one late too, and
/// its lateness counts.
/// </summary>
internal sealed record Load(int Callers, int PerSecond, TimeSpan For)
{
    internal async Task<Latencies> RunAsync(Func<int, Task> write)
    {
        var each = TimeSpan.FromSeconds((double)Callers / PerSecond);
        var took = new ConcurrentBag<double>();
        var failed = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var due = each * caller / Callers;
            for (; due < For; due += each)
            {
                if (due > clock.Elapsed)
                    await Task.Delay(due - clock.Elapsed);
                try
                {
                    await write(caller);
                    took.Add((clock.Elapsed - due).TotalMilliseconds);
                }
                catch (Exception)
                {
                    Interlocked.Increment(ref failed);
                }
            }
        })));
        return new Latencies([.. took.Order()], failed, clock.Elapsed);
    }
}

internal sealed record Latencies(double[] Milliseconds, int Failed, TimeSpan Elapsed)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"p50 {At(50),8:0.00} ms   p99 {At(99),8:0.00} ms   max {At(100),8:0.00} ms   {Milliseconds.Length / Elapsed.TotalSeconds,6:0} a second   {Failed} failed");

    private double At(int percent) =>
        Milliseconds.Length == 0 ? double.NaN : Milliseconds[Math.Min(Milliseconds.Length - 1, Milliseconds.Length * percent / 100)];
}
