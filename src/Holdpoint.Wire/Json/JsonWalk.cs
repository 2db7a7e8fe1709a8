using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;

namespace Holdpoint.Wire.Json;

/// <summary>
/// One strict pass over a JSON body. The pass refuses whatever two readers could understand differently (invalid UTF-8, duplicate names,
/// half surrogate pairs, comments, trailing data) and whatever exceeds the limits, and knows the path to each place. Text without escapes
/// is a slice of the body. A <see cref="Rule"/> determines how each value is read.
/// </summary>
internal ref partial struct JsonWalk
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly WireLimits _limits;
    private readonly ContentBuffer? _buffer;
    private readonly Step[] _steps;
    private Utf8JsonReader _json;
    private (int Start, int Length)[]? _names;
    private int _depth;

    private JsonWalk(ReadOnlyMemory<byte> body, WireLimits limits, ContentBuffer? buffer, Harvest harvest)
    {
        _body = body;
        _limits = limits;
        _buffer = buffer;
        _steps = ArrayPool<Step>.Shared.Rent(limits.MaxDepth + 1);
        Harvest = harvest;

        // One level more than we allow, so that the refusal is ours and says so.
        _json = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = limits.MaxDepth + 1 });
    }

    public Harvest Harvest { get; }

    public Fault? Fault { get; private set; }

    public readonly JsonTokenType Token => _json.TokenType;

    /// <summary>Reads a whole body by one rule.</summary>
    /// <returns>Null, or the first fault in body order. Never throws, whatever the bytes are.</returns>
    public static Fault? Read(ReadOnlyMemory<byte> body, Rule rule, Harvest harvest, WireLimits limits, ContentBuffer? buffer)
    {
        // The JSON reader leaves strings unchecked until they are decoded, and most never are; this check is vectorised.
        if (!Utf8.IsValid(body.Span))
        {
            return WireFaults.InvalidUtf8;
        }

        var walk = new JsonWalk(body, limits, buffer, harvest);
        try
        {
            if (walk.Advance() && rule.Read(ref walk))
            {
                walk._json.Read();   // throws when anything but white space follows
            }

            return walk.Fault;
        }
        catch (JsonException)
        {
            // The only way in which the platform's reader reports bad syntax.
            return WireFaults.InvalidJson(walk._json.BytesConsumed);
        }
        finally
        {
            walk.Return();
        }
    }

    /// <summary>Moves to the next token.</summary>
    public bool Advance()
    {
        if (!_json.Read())
        {
            return false;
        }

        return _json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray) || _json.CurrentDepth < _limits.MaxDepth
            || Fail(WireCause.TooDeep, $"is nested deeper than {_limits.MaxDepth} levels");
    }

    /// <summary>Ends the walk with a fault at the current path.</summary>
    /// <returns>Always false, so that a rule can return it.</returns>
    public bool Fail(string cause, string why)
    {
        Fault ??= WireFaults.Unreadable(cause, Path(), why);
        return false;
    }

    /// <summary>Ends the walk with a fault at a place that the walk has passed.</summary>
    public bool FailAt(string path, string cause, string why)
    {
        Fault ??= WireFaults.Unreadable(cause, path, why);
        return false;
    }

    /// <summary>Ends the walk because the value is of the wrong kind.</summary>
    public bool FailKind(string wanted) => Fail(WireCause.InvalidField, $"must be {wanted}");

    /// <summary>Reads the number at the current token.</summary>
    public readonly bool TryInt32(out int number) => _json.TryGetInt32(out number);

    /// <summary>Takes memory for bytes that live as long as the call.</summary>
    public readonly Memory<byte> Take(int length) => _buffer?.Take(length) ?? new byte[length];

    /// <summary>The position in the body at which the current token begins.</summary>
    public readonly int Position => (int)_json.TokenStartIndex;

    /// <summary>The body's own bytes from a position to the end of the current token.</summary>
    public readonly ReadOnlyMemory<byte> Since(int position) => _body[position..(int)_json.BytesConsumed];

    /// <summary>The maximum number of tool definitions.</summary>
    public readonly int MaxTools => _limits.MaxTools;

    private void Return()
    {
        ArrayPool<Step>.Shared.Return(_steps);
        if (_names is not null)
        {
            ArrayPool<(int, int)>.Shared.Return(_names);
        }
    }

    /// <summary>
    /// One step of the path: the name at a place of the body, or (with a negative start) an index, in <see cref="Length"/>.
    /// </summary>
    private struct Step
    {
        public int Start;
        public int Length;
        public bool Escaped;
    }
}
