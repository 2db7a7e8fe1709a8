namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>
/// Bounds what retries add to a storm: calls that are in a further round may be at most a fifth of the calls under way, and three in any
/// case. The numbers are Envoy's retry budget. Thread-safe.
/// </summary>
internal sealed class RetryBudget
{
    private const int Always = 3;
    private const int OneIn = 5;

    private int _underWay;
    private int _again;

    /// <summary>A call begins; dispose what is returned at its end.</summary>
    public Share Begin()
    {
        Interlocked.Increment(ref _underWay);
        return new Share(this);
    }

    /// <summary>One call's part in the budget. Not thread-safe.</summary>
    internal sealed class Share(RetryBudget budget) : IDisposable
    {
        private bool _isAgain;

        /// <summary>Whether the call may go another round.</summary>
        public bool TryGoAgain()
        {
            if (_isAgain)
            {
                return true;
            }

            if (Interlocked.Increment(ref budget._again) <= Math.Max(Always, Volatile.Read(ref budget._underWay) / OneIn))
            {
                return _isAgain = true;
            }

            Interlocked.Decrement(ref budget._again);
            return false;
        }

        public void Dispose()
        {
            Interlocked.Decrement(ref budget._underWay);
            if (_isAgain)
            {
                Interlocked.Decrement(ref budget._again);
            }
        }
    }
}
