using System.Collections.Immutable;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <summary>What all documents of a schema declare, by full name, and what a name means in a namespace (RFCs 24 and 70).</summary>
internal sealed class DeclaredNames
{
    // The namespace of the built-in types, with which a reference to one may begin.
    private const string BuiltInPrefix = "__cedar::";

    private readonly HashSet<string> _actionTypes = new(StringComparer.Ordinal);

    public static ImmutableDictionary<string, CedarType> BuiltIn { get; } = new KeyValuePair<string, CedarType>[]
    {
        new("Bool", CedarType.Boolean.Any),
        new("Long", CedarType.Long.Instance),
        new("String", CedarType.String.Instance),
    }.Concat(Enum.GetValues<ExtensionKind>().Select(k => new KeyValuePair<string, CedarType>(k.Name, new CedarType.ExtensionOf(k))))
        .ToImmutableDictionary(StringComparer.Ordinal);

    public Dictionary<string, Declared<CommonTypeDeclaration>> CommonTypes { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Declared<EntityDeclaration>> EntityTypes { get; } = new(StringComparer.Ordinal);

    public Dictionary<EntityUid, Declared<ActionDeclaration>> Actions { get; } = [];

    public static DeclaredNames Of(ReadOnlySpan<SchemaDocument> documents, List<SchemaDiagnostic> faults)
    {
        var names = new DeclaredNames();
        for (var i = 0; i < documents.Length; i++)
        {
            foreach (var space in documents[i].Namespaces)
            {
                names.Add(space, i, faults);
            }
        }

        return names;
    }

    /// <summary>The full names that a name may have in a namespace, the one that counts first.</summary>
    private static string[] Possible(string name, NamespaceDeclaration space) =>
        space.Name.Length == 0 || name.Contains("::", StringComparison.Ordinal) ? [name] : [space.Qualify(name), name];

    /// <summary>
    /// What a name means in a namespace, among what may stand there; null when it means nothing. A common type counts first (RFC 24).
    /// </summary>
    public (string Name, bool IsCommon)? Find(string name, NamespaceDeclaration space, bool entity, bool common)
    {
        foreach (var possible in Possible(name, space))
        {
            if (common && IsCommonType(possible))
            {
                return (possible, true);
            }

            if (entity && IsEntityType(possible))
            {
                return (possible, false);
            }
        }

        return null;
    }

    /// <summary>The action that is meant by a reference in a namespace; null when there is none.</summary>
    public EntityUid? Find(ActionReference action, NamespaceDeclaration space)
    {
        var type = Array.Find(Possible(action.Type ?? "Action", space), t => Actions.ContainsKey(new(t, action.Id)));
        return type is null ? null : new EntityUid(type, action.Id);
    }

    private bool IsEntityType(string name) => EntityTypes.ContainsKey(name) || _actionTypes.Contains(name);

    private bool IsCommonType(string name) => CommonTypes.ContainsKey(name) || FindBuiltIn(name) is not null;

    /// <summary>A built-in type, by its name in <c>__cedar</c>, or by its name alone where nothing is declared under it.</summary>
    public CedarType? FindBuiltIn(string name) =>
        name.StartsWith(BuiltInPrefix, StringComparison.Ordinal) ? BuiltIn.GetValueOrDefault(name[BuiltInPrefix.Length..])
        : CommonTypes.ContainsKey(name) || EntityTypes.ContainsKey(name) ? null
        : BuiltIn.GetValueOrDefault(name);

    /// <summary>What could have been meant by a name that means nothing.</summary>
    public string? Suggest(string name, NamespaceDeclaration space, bool entity, bool common)
    {
        var known =
            (entity ? EntityTypes.Keys : Enumerable.Empty<string>()).Concat(common ? CommonTypes.Keys.Concat(BuiltIn.Keys) : []).ToList();
        var inSpace = known.Where(k => space.Name.Length > 0 && k.StartsWith(space.Name + "::", StringComparison.Ordinal))
            .Select(k => k[(space.Name.Length + 2)..]);
        return Nearest.Suggest(name, inSpace.Concat(known).Order(StringComparer.Ordinal));
    }

    private void Add(NamespaceDeclaration space, int document, List<SchemaDiagnostic> faults)
    {
        foreach (var type in space.CommonTypes)
        {
            if (!CommonTypes.TryAdd(space.Qualify(type.Name), new(space, type, document)))
            {
                Twice("common type", space.Qualify(type.Name), type.Span);
            }
        }

        foreach (var type in space.EntityTypes)
        {
            if (!EntityTypes.TryAdd(space.Qualify(type.Name), new(space, type, document)))
            {
                Twice("entity type", space.Qualify(type.Name), type.Span);
            }
        }

        foreach (var action in space.Actions)
        {
            var uid = new EntityUid(space.Qualify("Action"), action.Name);
            _actionTypes.Add(uid.Type);
            if (!Actions.TryAdd(uid, new(space, action, document)))
            {
                Twice("action", uid.ToString(), action.Span);
            }
        }

        void Twice(string what, string name, SourceSpan? span) =>
            faults.Add(new(
                SchemaCode.DuplicateDeclaration, $"the {what} `{name}` is declared twice", span, "remove one of them", document));
    }
}

/// <summary>A declaration and where it stands.</summary>
internal sealed record Declared<T>(NamespaceDeclaration Space, T Declaration, int Document);
