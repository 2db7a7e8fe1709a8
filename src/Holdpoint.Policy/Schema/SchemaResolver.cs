using System.Collections.Immutable;

namespace Holdpoint.Policy.Schema;

/// <summary>Makes a schema out of documents: finds what each name means, and what does not fit together.</summary>
internal sealed class SchemaResolver
{
    private readonly SchemaLimits _limits;
    private readonly List<SchemaDiagnostic> _faults = [];
    private readonly DeclaredNames _names;
    private readonly TypeResolver _types;

    private SchemaResolver(ReadOnlySpan<SchemaDocument> documents, SchemaLimits limits)
    {
        _limits = limits;
        _names = DeclaredNames.Of(documents, _faults);
        _types = new(_names, limits, _faults);
    }

    public static SchemaResult Resolve(ReadOnlySpan<SchemaDocument> documents, SchemaLimits limits)
    {
        var resolver = new SchemaResolver(documents, limits);
        var schema = resolver.Resolve();
        return resolver._faults.Count == 0
            ? new(schema, [], ShadowingCheck.Warn(resolver._names))
            : new(null, [.. resolver._faults.OrderBy(f => f.Document).ThenBy(f => f.Span?.Start)], []);
    }

    private CedarSchema? Resolve()
    {
        ShadowingCheck.Check(_names, _faults);
        _types.ResolveCommonTypes();
        var parentTypes = _names.EntityTypes.ToDictionary(
            t => t.Key, t => (IReadOnlyCollection<string>)EntityNames(t.Value.Declaration.MemberOf, t.Value.Space, t.Value.Document),
            StringComparer.Ordinal);
        var groups = _names.Actions.ToDictionary(a => a.Key, a => (IReadOnlyCollection<EntityUid>)Groups(a.Value));
        var types = ResolveEntityTypes(parentTypes);
        var actions = ResolveActions(groups);
        return _faults.Count == 0 && AreFew(actions) ? new(types, actions) : null;
    }

    private List<EntityType> ResolveEntityTypes(Dictionary<string, IReadOnlyCollection<string>> parents)
    {
        var ancestors = Hierarchy.Close(parents, _limits.MaxAncestors);
        if (ancestors is null)
        {
            TooMany($"entity types have more than {_limits.MaxAncestors} ancestors in all");
            return [];
        }

        var types = new List<EntityType>(_names.EntityTypes.Count);
        foreach (var (name, (space, declaration, document)) in _names.EntityTypes.OrderBy(t => t.Key, StringComparer.Ordinal))
        {
            var attributes = _types.ResolveRecord(declaration.Shape, space, document, $"the attributes of `{name}`", declaration.Span);
            var tags = declaration.Tags is { } given ? _types.Resolve(given, space, document) : null;
            types.Add(new()
            {
                Name = name,
                ParentTypes = Names.None.Union(parents[name]),
                AncestorTypes = Names.None.Union(ancestors[name]),
                Attributes = attributes,
                Tags = tags,
                EnumIds = declaration.EnumIds,
                Annotations = declaration.Annotations,
            });
        }

        return types;
    }

    private List<ActionType> ResolveActions(Dictionary<EntityUid, IReadOnlyCollection<EntityUid>> groups)
    {
        var ancestors = Hierarchy.Close(groups, _limits.MaxAncestors);
        if (ancestors is null)
        {
            TooMany($"actions are in more than {_limits.MaxAncestors} groups in all");
            return [];
        }

        var actions = new List<ActionType>(_names.Actions.Count);
        foreach (var (uid, (space, declaration, document)) in _names.Actions)
        {
            if (ancestors[uid].Contains(uid))
            {
                _faults.Add(new(
                    SchemaCode.ActionCycle, $"action {uid} is in itself", declaration.Span, "remove one of the groups between", document));
            }

            var appliesTo = declaration.AppliesTo ?? AppliesTo.Nothing;
            actions.Add(new()
            {
                Uid = uid,
                Parents = [.. groups[uid]],
                Ancestors = [.. ancestors[uid]],
                Principals = Names.None.Union(EntityNames(appliesTo.Principals, space, document)),
                Resources = Names.None.Union(EntityNames(appliesTo.Resources, space, document)),
                Context = _types.ResolveRecord(appliesTo.Context, space, document, $"the context of {uid}", declaration.Span),
                Annotations = declaration.Annotations,
            });
        }

        return actions;
    }

    /// <summary>The entity types of these names; actions are none here, although attributes can refer to them.</summary>
    private List<string> EntityNames(ImmutableArray<TypeReference> references, NamespaceDeclaration space, int document)
    {
        var found = new List<string>();
        foreach (var reference in references)
        {
            var name = _names.Find(reference.Name, space, entity: true, common: false)?.Name;
            if (name is not null && _names.EntityTypes.ContainsKey(name))
            {
                found.Add(name);
                continue;
            }

            _faults.Add(new(
                SchemaCode.UndefinedType,
                name is null ? $"there is no entity type `{reference}`" : $"`{reference}` is the type of actions, which cannot stand here",
                reference.Span,
                name is null ? _names.Suggest(reference.Name, space, entity: true, common: false) : null,
                document));
        }

        return found;
    }

    private HashSet<EntityUid> Groups(Declared<ActionDeclaration> action)
    {
        var found = new HashSet<EntityUid>();
        foreach (var group in action.Declaration.MemberOf ?? [])
        {
            if (_names.Find(group, action.Space) is { } uid)
            {
                found.Add(uid);
                continue;
            }

            _faults.Add(new(
                SchemaCode.UndefinedAction, $"there is no action {group}", group.Span,
                Syntax.Nearest.Suggest(group.Id, _names.Actions.Keys.Select(a => a.Id).Order(StringComparer.Ordinal)), action.Document));
        }

        return found;
    }

    private bool AreFew(List<ActionType> actions)
    {
        var environments = actions.Sum(a => (long)a.Principals.Count * a.Resources.Count);
        if (environments > _limits.MaxEnvironments)
        {
            TooMany($"there are {environments} combinations of an action, a principal type and a resource type; "
                + $"the limit is {_limits.MaxEnvironments}");
        }

        return environments <= _limits.MaxEnvironments;
    }

    private void TooMany(string message) => _faults.Add(new(SchemaCode.TooManyCombinations, message));
}
