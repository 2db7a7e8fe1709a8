using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// Every principal that has a pseudonym, all in memory: they come from the configured client keys, so they are few. Thread-safe.
/// </summary>
internal sealed class Pseudonyms
{
    private readonly ConcurrentDictionary<(string Deployment, string Principal), Pseudonym> _pseudonyms = new();
    private long _lastId;

    public Pseudonyms(IEnumerable<Pseudonym> stored)
    {
        foreach (var subject in stored)
        {
            subject.MarkStored();
            _pseudonyms[(subject.Deployment, subject.Principal)] = subject;
            _lastId = Math.Max(_lastId, subject.Id);
        }
    }

    /// <summary>The principal's subject; a new one, with a new pseudonym, for a new or a shredded principal.</summary>
    public Pseudonym Of(string deployment, string principal) =>
        _pseudonyms.TryGetValue((deployment, principal), out var known) ? known : Add(deployment, principal);

    /// <summary>The principal's subject if it has one.</summary>
    public Pseudonym? Find(string deployment, string principal) => _pseudonyms.GetValueOrDefault((deployment, principal));

    /// <summary>From here on the principal is unknown.</summary>
    public void Remove(string deployment, string principal)
    {
        if (_pseudonyms.TryRemove((deployment, principal), out var subject))
        {
            subject.MarkShredded();
        }
    }

    private Pseudonym Add(string deployment, string principal)
    {
        // The salt of a candidate that loses the race is never used.
        var candidate = new Pseudonym(
            Interlocked.Increment(ref _lastId), deployment, principal, RandomNumberGenerator.GetBytes(Disclosure.SaltBytes));
        return _pseudonyms.GetOrAdd((deployment, principal), candidate);
    }
}
