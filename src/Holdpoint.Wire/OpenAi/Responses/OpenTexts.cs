namespace Holdpoint.Wire.OpenAi.Responses;

/// <summary>The texts of a stream that may go on. Not thread-safe.</summary>
internal sealed class OpenTexts
{
    private readonly List<string> _keys = [];

    /// <summary>Notes that a text has begun, or goes on.</summary>
    public void Add(string key)
    {
        if (!_keys.Contains(key))
        {
            _keys.Add(key);
        }
    }

    /// <summary>
    /// Ends the open texts. A model says one thing after the other: when the next begins, the text kept back of the one before can be
    /// decided.
    /// </summary>
    public void End(List<StreamDelta> deltas, string? except = null, string? alsoExcept = null)
    {
        for (var i = _keys.Count - 1; i >= 0; i--)
        {
            if (_keys[i] != except && _keys[i] != alsoExcept)
            {
                deltas.Add(StreamDelta.PartEnd(_keys[i]));
                _keys.RemoveAt(i);
            }
        }
    }
}
