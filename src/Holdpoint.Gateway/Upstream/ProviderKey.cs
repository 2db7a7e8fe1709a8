using Holdpoint.Gateway.Settings;

namespace Holdpoint.Gateway.Upstream;

/// <summary>
/// A provider's key. It can be read again from where the configuration says it is, so a change needs no restart. Thread-safe.
/// </summary>
internal sealed class ProviderKey
{
    private readonly SecretSource? _source;
    private volatile string _text;

    /// <param name="text">The key.</param>
    /// <param name="source">Where it came from; null for one that never changes.</param>
    /// <exception cref="ArgumentException">
    /// The key is empty or holds something other than visible ASCII. The message does not show it.
    /// </exception>
    public ProviderKey(string text, SecretSource? source = null)
    {
        if (!IsKey(text))
        {
            throw new ArgumentException("A provider key is visible ASCII without spaces or line ends.", nameof(text));
        }

        _source = source;
        _text = text;
    }

    /// <summary>The key as it is now.</summary>
    public string Text => _text;

    /// <summary>Reads it again. A text that cannot be read, or is not a key, changes nothing.</summary>
    /// <returns>Whether it is another one now.</returns>
    public bool ReadAgain()
    {
        try
        {
            if (_source?.Read() is not { } text || !IsKey(text) || text == _text)
            {
                return false;
            }

            _text = text;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsKey(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExceptInRange('!', '~');
}
