using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace Holdpoint.Gateway.Records;

/// <summary>
/// Every principal that has a pseudonym, all in memory: they come from the configured client keys, so they are few. Thread-safe.
/// </summary>
internal sealed class Subjects
{
    private readonly ConcurrentDictionary<(string Deployment, string Principal), Subject> _subjects = new();
    private long _lastId;

    public Subjects(IEnumerable<Subject> stored)
    {
        foreach (var subject in stored)
        {
            subject.MarkStored();
            _subjects[(subject.Deployment, subject.Principal)] = subject;
            _lastId = Math.Max(_lastId, subject.Id);
        }
    }

    /// <summary>The principal's subject; a new one, with a new pseudonym, for a new or a shredded principal.</summary>
    public Subject Of(string deployment, string principal) =>
        _subjects.TryGetValue((deployment, principal), out var known) ? known : Add(deployment, principal);

    /// <summary>The principal's subject if it has one.</summary>
    public Subject? Find(string deployment, string principal) => _subjects.GetValueOrDefault((deployment, principal));

    /// <summary>From here on the principal is unknown.</summary>
    public void Remove(string deployment, string principal)
    {
        if (_subjects.TryRemove((deployment, principal), out var subject))
        {
            subject.MarkShredded();
        }
    }

    private Subject Add(string deployment, string principal)
    {
        // The salt of a candidate that loses the race is never used.
        var candidate = new Subject(
            Interlocked.Increment(ref _lastId), deployment, principal, RandomNumberGenerator.GetBytes(Disclosure.SaltBytes));
        return _subjects.GetOrAdd((deployment, principal), candidate);
    }
}
