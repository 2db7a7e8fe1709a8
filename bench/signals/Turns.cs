using System.Collections.Immutable;
using System.Text;
using Holdpoint.Wire;

namespace Holdpoint.Signals.Bench;

/// <summary>
/// A chat request of many tiny messages: each is scanned, then what a phrase could span, as the gateway does with a call.
/// </summary>
internal sealed class Turns(Detectors detectors, int count)
{
    private readonly ImmutableArray<Part> _parts =
    [
        .. Enumerable.Range(0, count).Select(
            i => new Part($"/messages/{i}/content", PartKind.Text, Encoding.UTF8.GetBytes($"turn {i}"))),
    ];

    public Findings Scan()
    {
        var found = new Findings[_parts.Length];
        for (var i = 0; i < found.Length; i++)
        {
            found[i] = detectors.Scan(_parts[i]);
        }

        return Findings.Merge([.. found, Seams.Scan(detectors, _parts, found)]);
    }
}
