using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <summary>Writes out the types of declarations. What cannot be resolved is a fault, and becomes a type that stands in for it.</summary>
internal sealed class TypeResolver(DeclaredNames names, SchemaLimits limits, List<SchemaDiagnostic> faults)
{
    // What a faulty type becomes: nobody sees it, for a schema with faults is not handed out.
    private static readonly Measured Nothing = new(RecordType.Empty, 1, 1);

    private readonly Dictionary<string, Measured?> _common = new(StringComparer.Ordinal);

    private NamespaceDeclaration _space = new() { Name = "" };
    private int _document;
    private SourceSpan? _place;

    private sealed record Measured(CedarType Type, int Size, int Depth);

    /// <summary>Resolves each common type after those that it names, so that no later call goes from one definition into another.</summary>
    public void ResolveCommonTypes()
    {
        // On a stack of our own: a chain of definitions may be longer than the machine's stack is deep.
        var open = new Stack<(string Name, IEnumerator<string> Named)>();
        foreach (var start in names.CommonTypes.Keys)
        {
            Open(start);
            while (open.TryPeek(out var top))
            {
                if (top.Named.MoveNext())
                {
                    Open(top.Named.Current);
                    continue;
                }

                open.Pop();
                var (space, declaration, document) = names.CommonTypes[top.Name];
                (_space, _document, _place) = (space, document, declaration.Span);
                _common[top.Name] = Resolve(declaration.Type);
            }
        }

        void Open(string name)
        {
            if (_common.TryAdd(name, null))
            {
                var (space, declaration, _) = names.CommonTypes[name];
                open.Push((name, CommonTypesIn(declaration.Type, space).GetEnumerator()));
            }
        }
    }

    public CedarType Resolve(DeclaredType type, NamespaceDeclaration space, int document)
    {
        (_space, _document) = (space, document);
        return Resolve(type).Type;
    }

    public RecordType ResolveRecord(DeclaredType type, NamespaceDeclaration space, int document, string what, SourceSpan? span)
    {
        (_space, _document, _place) = (space, document, span);
        if (Resolve(type, space, document) is RecordType record)
        {
            return record;
        }

        faults.Add(new(SchemaCode.NotARecord, $"{what} are no record", span, "name a common type that is one, or write it out", document));
        return RecordType.Empty;
    }

    private Measured Resolve(DeclaredType type)
    {
        switch (type)
        {
            case DeclaredType.Boolean:
                return new(CedarType.Boolean.Any, 1, 1);
            case DeclaredType.Long:
                return new(CedarType.Long.Instance, 1, 1);
            case DeclaredType.String:
                return new(CedarType.String.Instance, 1, 1);
            case DeclaredType.Extension extension:
                return ResolveExtension(extension.Name);
            case DeclaredType.Set set:
                var element = Resolve(set.Element);
                return Bounded(new(new CedarType.SetOf(element.Type), element.Size + 1, element.Depth + 1));
            case DeclaredType.Record record:
                return ResolveRecord(record);
            case DeclaredType.Entity entity:
                return ResolveName(entity.Name, entity: true, common: false);
            case DeclaredType.Common common:
                return ResolveName(common.Name, entity: false, common: true);
            default:
                return ResolveName(((DeclaredType.EntityOrCommon)type).Name, entity: true, common: true);
        }
    }

    private Measured ResolveExtension(string name)
    {
        if (DeclaredNames.BuiltIn.GetValueOrDefault(name) is CedarType.ExtensionOf known)
        {
            return new(known, 1, 1);
        }

        faults.Add(new(
            SchemaCode.UnknownExtension, $"there is no extension type `{name}`", _place,
            Nearest.Suggest(name, Enum.GetValues<ExtensionKind>().Select(k => k.Name)), _document));
        return Nothing;
    }

    private Measured ResolveRecord(DeclaredType.Record record)
    {
        if (record.IsOpen)
        {
            faults.Add(new(
                SchemaCode.NotSupported, "a record cannot be open to any attribute", _place, "remove `additionalAttributes`", _document));
        }

        var (size, depth) = (1L, 0);
        var attributes = new List<KeyValuePair<string, AttributeType>>(record.Attributes.Length);
        foreach (var attribute in record.Attributes)
        {
            var type = Resolve(attribute.Type);
            size += type.Size;
            depth = Math.Max(depth, type.Depth);
            attributes.Add(new(attribute.Name, new(type.Type, attribute.Required)));
        }

        return Bounded(new(new RecordType(attributes), (int)Math.Min(size, int.MaxValue), depth + 1));
    }

    private Measured ResolveName(TypeReference reference, bool entity, bool common)
    {
        if (names.Find(reference.Name, _space, entity, common) is var (name, isCommon))
        {
            return isCommon ? ResolveCommon(name, reference.Span) : new(new CedarType.EntityOf(name), 1, 1);
        }

        var what = (entity, common) switch { (true, true) => "type", (true, false) => "entity type", _ => "common type" };
        faults.Add(new(
            SchemaCode.UndefinedType, $"there is no {what} `{reference}`", reference.Span ?? _place,
            names.Suggest(reference.Name, _space, entity, common), _document));
        return Nothing;
    }

    private Measured ResolveCommon(string name, SourceSpan? from)
    {
        if (names.FindBuiltIn(name) is { } builtIn)
        {
            return new(builtIn, 1, 1);
        }

        if (_common[name] is { } known)
        {
            return known;
        }

        // It is being resolved, and its definition leads here.
        faults.Add(new(
            SchemaCode.CommonTypeCycle, $"the common type `{name}` is defined by itself",
            from ?? _place, "write one of them out", _document));
        return Nothing;
    }

    /// <summary>The common types, other than built-in ones, that a type names.</summary>
    private IEnumerable<string> CommonTypesIn(DeclaredType type, NamespaceDeclaration space)
    {
        switch (type)
        {
            case DeclaredType.Set set:
                return CommonTypesIn(set.Element, space);
            case DeclaredType.Record record:
                return record.Attributes.SelectMany(a => CommonTypesIn(a.Type, space));
            case DeclaredType.Common common:
                return Named(common.Name);
            case DeclaredType.EntityOrCommon either:
                return Named(either.Name);
            default:
                return [];
        }

        IEnumerable<string> Named(TypeReference reference) =>
            names.Find(reference.Name, space, entity: false, common: true) is var (name, _) && names.CommonTypes.ContainsKey(name)
                ? [name]
                : [];
    }

    private Measured Bounded(Measured type)
    {
        if (type.Size <= limits.MaxTypeSize && type.Depth <= limits.MaxTypeDepth)
        {
            return type;
        }

        var why = type.Size > limits.MaxTypeSize
            ? $"has more than {limits.MaxTypeSize} parts"
            : $"is nested deeper than {limits.MaxTypeDepth}";
        faults.Add(new(
            SchemaCode.TypeTooLarge, $"with its common types written out, this type {why}", _place, "make it smaller", _document));
        return Nothing;
    }
}
