using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Holdpoint.Policy.Schema;

/// <summary>Writes the JSON syntax, leaving out what it need not say.</summary>
internal sealed class SchemaJsonWriter(Utf8JsonWriter json)
{
    public static string Write(SchemaDocument document, bool indented)
    {
        using var bytes = new MemoryStream();
        var options = new JsonWriterOptions
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            Indented = indented,
            NewLine = "\n",
            MaxDepth = 0,
        };
        using (var writer = new Utf8JsonWriter(bytes, options))
        {
            new SchemaJsonWriter(writer).Write(document);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private void Write(SchemaDocument document)
    {
        json.WriteStartObject();
        foreach (var space in document.Namespaces)
        {
            json.WriteStartObject(space.Name);
            if (!space.CommonTypes.IsEmpty)
            {
                json.WriteStartObject("commonTypes");
                foreach (var type in space.CommonTypes)
                {
                    json.WriteStartObject(type.Name);
                    WriteMembers(type.Type);
                    Write(type.Annotations);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteStartObject("entityTypes");
            foreach (var type in space.EntityTypes)
            {
                Write(type);
            }

            json.WriteEndObject();
            json.WriteStartObject("actions");
            foreach (var action in space.Actions)
            {
                Write(action);
            }

            json.WriteEndObject();
            Write(space.Annotations);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private void Write(EntityDeclaration type)
    {
        json.WriteStartObject(type.Name);
        if (type.EnumIds is { } ids)
        {
            json.WriteStartArray("enum");
            foreach (var id in ids)
            {
                json.WriteStringValue(id);
            }

            json.WriteEndArray();
        }

        if (!type.MemberOf.IsEmpty)
        {
            Write("memberOfTypes", type.MemberOf);
        }

        if (type.Shape is not DeclaredType.Record { IsEmpty: true })
        {
            Write("shape", type.Shape);
        }

        if (type.Tags is { } tags)
        {
            Write("tags", tags);
        }

        Write(type.Annotations);
        json.WriteEndObject();
    }

    private void Write(ActionDeclaration action)
    {
        json.WriteStartObject(action.Name);
        if (action.AppliesTo is { } appliesTo)
        {
            json.WriteStartObject("appliesTo");
            Write("resourceTypes", appliesTo.Resources);
            Write("principalTypes", appliesTo.Principals);
            if (appliesTo.Context is not DeclaredType.Record { IsEmpty: true })
            {
                Write("context", appliesTo.Context);
            }

            json.WriteEndObject();
        }

        if (action.MemberOf is { } groups)
        {
            json.WriteStartArray("memberOf");
            foreach (var group in groups)
            {
                json.WriteStartObject();
                json.WriteString("id", group.Id);
                if (group.Type is { } type)
                {
                    json.WriteString("type", type);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        Write(action.Annotations);
        json.WriteEndObject();
    }

    private void Write(string name, ImmutableArray<TypeReference> types)
    {
        json.WriteStartArray(name);
        foreach (var type in types)
        {
            json.WriteStringValue(type.Name);
        }

        json.WriteEndArray();
    }

    private void Write(string name, DeclaredType type)
    {
        json.WriteStartObject(name);
        WriteMembers(type);
        json.WriteEndObject();
    }

    private void WriteMembers(DeclaredType type)
    {
        switch (type)
        {
            case DeclaredType.Set set:
                json.WriteString("type", "Set");
                Write("element", set.Element);
                break;
            case DeclaredType.Record record:
                WriteMembers(record);
                break;
            case DeclaredType.Entity entity:
                WriteNamed("Entity", entity.Name.Name);
                break;
            case DeclaredType.EntityOrCommon either:
                WriteNamed("EntityOrCommon", either.Name.Name);
                break;
            case DeclaredType.Extension extension:
                WriteNamed("Extension", extension.Name);
                break;
            case DeclaredType.Common common:
                json.WriteString("type", common.Name.Name);
                break;
            default:
                json.WriteString("type", type is DeclaredType.Boolean ? "Boolean" : type is DeclaredType.Long ? "Long" : "String");
                break;
        }
    }

    private void WriteMembers(DeclaredType.Record record)
    {
        json.WriteString("type", "Record");
        json.WriteStartObject("attributes");
        foreach (var attribute in record.Attributes)
        {
            json.WriteStartObject(attribute.Name);
            WriteMembers(attribute.Type);
            Write(attribute.Annotations);
            if (!attribute.Required)
            {
                json.WriteBoolean("required", false);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (record.IsOpen)
        {
            json.WriteBoolean("additionalAttributes", true);
        }
    }

    private void WriteNamed(string type, string name)
    {
        json.WriteString("type", type);
        json.WriteString("name", name);
    }

    private void Write(ImmutableSortedDictionary<string, string> annotations)
    {
        if (annotations.IsEmpty)
        {
            return;
        }

        json.WriteStartObject("annotations");
        foreach (var (name, value) in annotations)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }
}
