using System.Collections.Immutable;

namespace Holdpoint.Log.Verification;

/// <summary>Collects faults: all are counted, the first ones kept, so that a log of rubbish cannot fill the memory.</summary>
internal sealed class FaultList
{
    /// <summary>How many are kept. A person reads the first few; a hundred show the pattern.</summary>
    public const int MaxKept = 100;

    private readonly ImmutableArray<LogFault>.Builder _kept = ImmutableArray.CreateBuilder<LogFault>();

    public long Count { get; private set; }

    public ImmutableArray<LogFault> Kept => _kept.ToImmutable();

    public void Add(string code, string place, string message)
    {
        Count++;
        if (_kept.Count < MaxKept)
        {
            _kept.Add(new(code, place, message));
        }
    }
}
