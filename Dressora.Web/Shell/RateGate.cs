using Microsoft.Extensions.Options;

namespace Dressora.Web.Shell;

/// <summary>
/// Counts turns by rule and subject: a bucket that fills evenly and is emptied one by one. Forgets whoever was quiet
/// longest when too many subjects come, so an attacker with many addresses costs no more memory than that.
/// </summary>
public sealed class RateGate(TimeProvider clock, IOptionsMonitor<SiteOptions> site)
{
    /// <summary>Subjects remembered in each half; a half is forgotten when the other one is full.</summary>
    internal const int HalfMax = 32_768;

    private readonly Lock _gate = new();
    private Dictionary<(string Rule, string Subject), Bucket> _young = [];
    private Dictionary<(string Rule, string Subject), Bucket> _old = [];

    /// <summary>
    /// Takes one turn of an account, an address or anything else with a name. Null: go on; else wait that long.
    /// </summary>
    public TimeSpan? Take(string rule, string subject) => Take(rule, "s:" + subject, RateRules.All[rule].PerAccount);

    internal TimeSpan? TakeForNetwork(string rule, string network) =>
        Take(rule, "n:" + network, RateRules.All[rule].PerNetwork);

    internal int Remembered
    {
        get
        {
            lock (_gate)
                return _young.Count + _old.Count;
        }
    }

    private TimeSpan? Take(string rule, string subject, int count)
    {
        var max = Math.Max(1, count * site.CurrentValue.RateScale);
        var refill = TimeSpan.FromTicks(Math.Max(1, (RateRules.All[rule].Window / max).Ticks));
        var now = clock.GetTimestamp();
        lock (_gate)
        {
            var turns = Remember((rule, subject)) is { } bucket
                ? Math.Min(max, bucket.Turns + clock.GetElapsedTime(bucket.At, now) / refill)
                : max;
            var wait = turns >= 1 ? (TimeSpan?)null : refill * (1 - turns);
            _young[(rule, subject)] = new Bucket(wait is null ? turns - 1 : turns, now);
            return wait;
        }
    }

    private Bucket? Remember((string Rule, string Subject) key)
    {
        if (_young.TryGetValue(key, out var young))
            return young;
        if (_young.Count >= HalfMax)
            (_old, _young) = (_young, []);
        return _old.Remove(key, out var old) ? old : null;
    }

    private readonly record struct Bucket(double Turns, long At);
}
