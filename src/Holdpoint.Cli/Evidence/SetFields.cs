using System.Collections.Immutable;
using System.Globalization;
using Holdpoint.Evidence;
using Holdpoint.Evidence.Predicates;

namespace Holdpoint.Cli.Evidence;

/// <summary>The fields that <c>attest --set KEY=VALUE</c> gives, taken out one by one; what is left at the end is not a field.</summary>
internal sealed class SetFields
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly List<string> _known = [];

    /// <exception cref="CommandFailureException">One is no KEY=VALUE, or a key stands twice.</exception>
    public SetFields(IEnumerable<string> settings)
    {
        foreach (var setting in settings)
        {
            if (setting.Split('=', 2) is not [{ Length: > 0 } key, { Length: > 0 } value])
            {
                throw CommandFailureException.Usage($"--set takes KEY=VALUE, not '{setting}'");
            }

            if (!_values.TryAdd(key, value))
            {
                throw CommandFailureException.Usage($"--set {key} is given more than once; a list is comma-separated");
            }
        }
    }

    public string? Text(string key)
    {
        _known.Add(key);
        return _values.Remove(key, out var value) ? value : null;
    }

    public string Required(string key) => Text(key) ?? throw CommandFailureException.Usage($"--set {key}=… is missing");

    /// <summary>A comma-separated list; empty when it is not given.</summary>
    public ImmutableArray<string> List(string key) =>
        Text(key) is { } value ? [.. value.Split(',', StringSplitOptions.TrimEntries).Distinct()] : [];

    public long? Count(string key) =>
        Text(key) is not { } value ? null
        : long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
        : throw CommandFailureException.Usage($"--set {key} must be a whole number");

    public ImmutableArray<EvidenceId> Ids(string key) =>
    [
        .. List(key).Select(text => EvidenceId.TryParse(text, out var id)
            ? id
            : throw CommandFailureException.Usage($"--set {key} must be a list of sha256: and 64 lower-case hex digits")),
    ];

    public Validity Validity(bool mustExpire)
    {
        DateTimeOffset? from = null, until = null;
        if (Text("notBefore") is { } start)
        {
            from = Holdpoint.Evidence.Predicates.Validity.TryParseStart(start, out var instant) ? instant : throw NoTime("notBefore");
        }

        if ((mustExpire ? Required("expires") : Text("expires")) is { } end)
        {
            until = Holdpoint.Evidence.Predicates.Validity.TryParseEnd(end, out var instant) ? instant : throw NoTime("expires");
        }

        return new(from, until);
    }

    /// <exception cref="CommandFailureException">Something was set that is no field of the predicate.</exception>
    public void Close(PredicateType predicate)
    {
        if (_values.Keys.FirstOrDefault() is { } unknown)
        {
            throw CommandFailureException.Usage($"{predicate} has no field '{unknown}'; its fields are {string.Join(", ", _known)}");
        }
    }

    private static CommandFailureException NoTime(string key) =>
        CommandFailureException.Usage($"--set {key} must be a date such as 2027-01-31 or a time such as 2027-01-31T12:00:00Z");
}
