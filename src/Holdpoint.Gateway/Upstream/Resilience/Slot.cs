namespace Holdpoint.Gateway.Upstream.Resilience;

/// <summary>One of the <see cref="Slots"/>, given back once however often it is disposed. Thread-safe.</summary>
internal sealed class Slot(Slots slots) : IDisposable
{
    private int _isBack;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isBack, 1) == 0)
        {
            slots.GiveBack();
        }
    }
}
