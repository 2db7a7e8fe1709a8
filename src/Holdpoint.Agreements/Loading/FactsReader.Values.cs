using System.Collections.Immutable;
using Holdpoint.Agreements.Loading.Yaml;

namespace Holdpoint.Agreements.Loading;

internal sealed partial class FactsReader
{
    private string? OneOf(YamlSection section, string key, IReadOnlyCollection<string> values)
    {
        if (section.Text(key) is not { } value)
        {
            return null;
        }

        if (values.Contains(value))
        {
            return value;
        }

        problems.Add(ProblemCode.BadValue, section.PlaceOf(key), $"'{value}' is not a known {key}", Suggestion.For(value, values));
        return null;
    }

    private string? Refer(YamlSection section, string key, IEnumerable<string> names) =>
        section.Text(key) is { } name && IsKnown(section, key, name, [.. names]) ? name : null;

    private ImmutableArray<string> ReferAll(YamlSection section, string key, IEnumerable<string> names, bool required = true)
    {
        string[] known = [.. names];
        return [.. section.Names(key, required).Where(name => IsKnown(section, key, name, known))];
    }

    private bool IsKnown(YamlSection section, string key, string name, string[] known)
    {
        if (known.Contains(name, StringComparer.Ordinal))
        {
            return true;
        }

        problems.Add(
            ProblemCode.UnknownReference, section.PlaceOf(key),
            $"'{key}' names '{name}', which the agreement does not list", Suggestion.For(name, known));
        return false;
    }

    /// <summary>A collection of things that must have different names.</summary>
    private sealed class Named<T>(string kind, Problems problems)
    {
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);
        private readonly ImmutableArray<T>.Builder _all = ImmutableArray.CreateBuilder<T>();

        public ImmutableArray<T> All => _all.ToImmutable();

        /// <summary>Adds a thing; a thing without a name, which was reported already, is left out.</summary>
        public void Add(string? name, string place, Func<T> create)
        {
            if (name is null)
            {
                return;
            }

            if (_names.Add(name))
            {
                _all.Add(create());
            }
            else
            {
                problems.Add(ProblemCode.DuplicateName, place, $"the {kind} '{name}' is listed twice", "keep one of the two");
            }
        }
    }
}
