namespace Holdpoint.Gateway.Upstream.Care;

/// <summary>One of the <see cref="Places"/>, given back once however often it is disposed. Thread-safe.</summary>
internal sealed class Place(Places places) : IDisposable
{
    private int _isBack;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isBack, 1) == 0)
        {
            places.GiveBack();
        }
    }
}
