using System.Collections.Immutable;
using System.Text;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy.Schema;

/// <summary>Writes the Cedar syntax, two spaces to a level.</summary>
internal sealed class SchemaTextWriter
{
    private readonly StringBuilder _text = new();
    private readonly ImmutableArray<SchemaDiagnostic>.Builder _faults = ImmutableArray.CreateBuilder<SchemaDiagnostic>();

    // Names that are both: written out, each would mean the common type.
    private readonly HashSet<string> _hidden;
    private NamespaceDeclaration _space = new() { Name = "" };

    private SchemaTextWriter(SchemaDocument document) =>
        _hidden = [.. document.Namespaces.SelectMany(
            s => s.CommonTypes.Select(t => s.Qualify(t.Name)).Intersect(s.EntityTypes.Select(t => s.Qualify(t.Name))))];

    public static SchemaTextResult Write(SchemaDocument document)
    {
        var writer = new SchemaTextWriter(document);
        foreach (var space in document.Namespaces)
        {
            writer.Write(space);
        }

        return writer._faults.Count == 0 ? new(writer._text.ToString(), []) : new(null, writer._faults.DrainToImmutable());
    }

    private void Write(NamespaceDeclaration space)
    {
        _space = space;
        var indent = space.Name.Length == 0 ? "" : "  ";
        Separate(isFirst: _text.Length == 0);
        if (space.Name.Length > 0)
        {
            Write(space.Annotations, "");
            _text.Append("namespace ").Append(space.Name).Append(" {\n");
        }

        var isFirst = true;
        foreach (var type in space.CommonTypes)
        {
            Start(type.Annotations);
            _text.Append("type ").Append(type.Name).Append(" = ");
            Write(type.Type, indent);
            _text.Append(";\n");
        }

        foreach (var type in space.EntityTypes)
        {
            Start(type.Annotations);
            Write(type, indent);
        }

        foreach (var action in space.Actions)
        {
            Start(action.Annotations);
            Write(action, indent);
        }

        _text.Append(space.Name.Length > 0 ? "}\n" : "");

        void Start(ImmutableSortedDictionary<string, string> annotations)
        {
            Separate(isFirst);
            isFirst = false;
            Write(annotations, indent);
            _text.Append(indent);
        }
    }

    private void Separate(bool isFirst) => _text.Append(isFirst ? "" : "\n");

    private void Write(EntityDeclaration type, string indent)
    {
        _text.Append("entity ").Append(type.Name);
        if (type.EnumIds is { } ids)
        {
            _text.Append(" enum [").AppendJoin(", ", ids.Select(CedarText.Quote)).Append("];\n");
            return;
        }

        if (!type.MemberOf.IsEmpty)
        {
            _text.Append(" in [").AppendJoin(", ", type.MemberOf).Append(']');
        }

        if (type.Shape is not DeclaredType.Record shape)
        {
            _faults.Add(new(
                SchemaCode.NotExpressible, $"the attributes of `{type.Name}` are not written as a record",
                Suggestion: "write the record out in its `shape`"));
        }
        else if (!shape.IsEmpty)
        {
            _text.Append(" = ");
            Write(shape, indent);
        }

        if (type.Tags is { } tags)
        {
            _text.Append(" tags ");
            Write(tags, indent);
        }

        _text.Append(";\n");
    }

    private void Write(ActionDeclaration action, string indent)
    {
        _text.Append("action ").Append(Name(action.Name));
        if (action.MemberOf is { IsEmpty: false } groups)
        {
            _text.Append(" in [").AppendJoin(", ", groups.Select(g => g.Type is null ? Name(g.Id) : g.ToString())).Append(']');
        }

        // What applies to no principal or to no resource applies to nothing.
        if (action.AppliesTo is { Principals.IsEmpty: false, Resources.IsEmpty: false } appliesTo)
        {
            _text.Append(" appliesTo {\n");
            _text.Append(indent).Append("  principal: [").AppendJoin(", ", appliesTo.Principals).Append("],\n");
            _text.Append(indent).Append("  resource: [").AppendJoin(", ", appliesTo.Resources).Append(']');
            if (appliesTo.Context is not DeclaredType.Record { IsEmpty: true })
            {
                _text.Append(",\n").Append(indent).Append("  context: ");
                if (appliesTo.Context is not (DeclaredType.Record or DeclaredType.Common))
                {
                    _faults.Add(new(
                        SchemaCode.NotExpressible, $"the context of action `{action.Name}` is neither a record nor a common type"));
                }

                Write(appliesTo.Context, indent + "  ");
            }

            _text.Append('\n').Append(indent).Append('}');
        }

        _text.Append(";\n");
    }

    private void Write(DeclaredType type, string indent)
    {
        switch (type)
        {
            case DeclaredType.Boolean:
                _text.Append("__cedar::Bool");
                break;
            case DeclaredType.Long:
                _text.Append("__cedar::Long");
                break;
            case DeclaredType.String:
                _text.Append("__cedar::String");
                break;
            case DeclaredType.Extension extension:
                _text.Append("__cedar::").Append(extension.Name);
                break;
            case DeclaredType.Set set:
                _text.Append("Set<");
                Write(set.Element, indent);
                _text.Append('>');
                break;
            case DeclaredType.Record record:
                Write(record, indent);
                break;
            case DeclaredType.Entity entity:
                if (_hidden.Contains(entity.Name.Name) || _hidden.Contains(_space.Qualify(entity.Name.Name)))
                {
                    _faults.Add(new(
                        SchemaCode.NotExpressible, $"the entity type `{entity.Name}` is hidden by the common type of that name",
                        Suggestion: "rename one of them"));
                }

                _text.Append(entity.Name);
                break;
            case DeclaredType.Common common:
                _text.Append(common.Name);
                break;
            case DeclaredType.EntityOrCommon either:
                _text.Append(either.Name);
                break;
        }
    }

    private void Write(DeclaredType.Record record, string indent)
    {
        if (record.IsOpen)
        {
            _faults.Add(new(SchemaCode.NotExpressible, "a record is open to any attribute", Suggestion: "remove `additionalAttributes`"));
        }

        if (record.Attributes.IsEmpty)
        {
            _text.Append("{}");
            return;
        }

        var inner = indent + "  ";
        _text.Append("{\n");
        foreach (var attribute in record.Attributes)
        {
            Write(attribute.Annotations, inner);
            _text.Append(inner).Append(Name(attribute.Name)).Append(attribute.Required ? ": " : "?: ");
            Write(attribute.Type, inner);
            _text.Append(",\n");
        }

        _text.Append(indent).Append('}');
    }

    private void Write(ImmutableSortedDictionary<string, string> annotations, string indent)
    {
        foreach (var (name, value) in annotations)
        {
            _text.Append(indent).Append('@').Append(name);
            _text.Append(value.Length == 0 ? "" : $"({CedarText.Quote(value)})").Append('\n');
        }
    }

    private static string Name(string name) => CedarText.IsPlainName(name) ? name : CedarText.Quote(name);
}
