namespace Dressora.Web.Providers;

/// <summary>One provider's fuse.</summary>
internal sealed class Breaker
{
    internal const int FailuresMax = 5;
    internal const int ErrorsKept = 10;
    internal static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(30);
    internal static readonly TimeSpan RestMax = TimeSpan.FromMinutes(10);

    /// <summary>Money and keys do not mend by themselves; still somebody may top up without telling us.</summary>
    internal static readonly TimeSpan LongRest = TimeSpan.FromMinutes(15);

    /// <summary>One that was let through and never told how it went does not block for ever.</summary>
    internal static readonly TimeSpan TrialMax = TimeSpan.FromMinutes(2);

    private readonly Lock _lock = new();
    private readonly List<BreakerError> _errors = [];
    private ProviderError? _cause;
    private DateTimeOffset _since;
    private DateTimeOffset _triesAt;
    private TimeSpan _rest;
    private int _failures;
    private bool _isTrying;

    internal bool TryPass(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_cause is null)
                return true;
            if (now < _triesAt)
                return false;
            _triesAt = now + TrialMax;
            _isTrying = true;
            return true;
        }
    }

    internal bool Failed(ProviderError error, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (Weight(error.Class) is not { } weight)
            {
                if (error.Class is ErrorClass.RejectedContent or ErrorClass.BadInput)
                    Heard();
                return false;
            }

            _errors.Insert(0, new BreakerError(now, error));
            if (_errors.Count > ErrorsKept)
                _errors.RemoveAt(ErrorsKept);
            _failures += weight;
            if (_cause is null && _failures < FailuresMax)
                return false;
            return Open(error, now);
        }
    }

    internal void Succeeded()
    {
        lock (_lock)
            Heard();
    }

    internal void Close()
    {
        lock (_lock)
            Shut();
    }

    internal void ForgiveKeys()
    {
        lock (_lock)
        {
            if (_cause is { Class: ErrorClass.Auth or ErrorClass.OutOfFunds })
                Shut();
        }
    }

    internal BreakerView View(string provider, DateTimeOffset now)
    {
        lock (_lock)
        {
            var state = _cause is null ? BreakerState.Closed : now < _triesAt ? BreakerState.Open : BreakerState.Trying;
            return new BreakerView(
                provider, state, _cause, _cause is null ? null : _since, _cause is null ? null : _triesAt, [.. _errors]);
        }
    }

    /// <summary>How many of the failures it takes; null when it says nothing about the provider's health.</summary>
    private static int? Weight(ErrorClass error) => error switch
    {
        ErrorClass.Auth or ErrorClass.OutOfFunds => FailuresMax,
        ErrorClass.Transient or ErrorClass.Timeout => 1,
        _ => null,
    };

    private bool Open(ProviderError error, DateTimeOffset now)
    {
        var isNew = _cause is null;
        var isLong = error.Class is ErrorClass.Auth or ErrorClass.OutOfFunds;
        // Those that were under way when it opened tell nothing new.
        if (!isNew && !_isTrying && !isLong)
            return false;
        _rest = isLong ? LongRest : isNew ? FirstRest : TimeSpan.FromTicks(Math.Min((_rest * 2).Ticks, RestMax.Ticks));
        _since = isNew ? now : _since;
        _cause = error;
        _triesAt = now + _rest;
        _isTrying = false;
        return isNew;
    }

    /// <summary>
    /// It works, or says no like one that works. While it is open only the one that was let through can tell: a company
    /// without our money still answers how older jobs go.
    /// </summary>
    private void Heard()
    {
        if (_cause is null || _isTrying)
            Shut();
    }

    private void Shut()
    {
        _cause = null;
        _failures = 0;
        _rest = TimeSpan.Zero;
        _isTrying = false;
    }
}
