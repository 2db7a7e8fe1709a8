using System.Globalization;
using Holdpoint.Policy.Evaluation;

namespace Holdpoint.Policy.Schema;

/// <summary>Whether values are of a type. Allocates only for a fault.</summary>
internal static class ValueCheck
{
    public static ConformanceFault? Check(Value value, CedarType type, CedarSchema schema) => type switch
    {
        CedarType.Boolean => Expect(ValueKind.Boolean, value, type),
        CedarType.Long => Expect(ValueKind.Long, value, type),
        CedarType.String => Expect(ValueKind.String, value, type),
        CedarType.ExtensionOf extension => Expect(extension.Kind.ValueKind, value, type),
        CedarType.EntityOf entity => CheckEntity(value, entity, schema),
        CedarType.SetOf set => CheckSet(value, set, schema),
        _ => CheckRecord(value, (RecordType)type, schema),
    };

    /// <summary>Attributes against what is declared of them.</summary>
    public static ConformanceFault? CheckFields(RecordValue record, RecordType type, CedarSchema schema)
    {
        // Both are in the ordinal order of names.
        var (declared, next) = (type.Attributes, 0);
        foreach (var (name, attribute) in declared.AsSpan())
        {
            if (next < record.Count && record.At(next) is var (given, value) && string.CompareOrdinal(given, name) is var order and <= 0)
            {
                if (order != 0)
                {
                    return Unexpected(given, type);
                }

                next++;
                if (Check(value, attribute.Type, schema) is { } fault)
                {
                    return fault.Under($".{name}");
                }
            }
            else if (attribute.Required)
            {
                return new(ConformanceCode.MissingAttribute, $"the attribute `{name}` is missing", "");
            }
        }

        return next < record.Count ? Unexpected(record.At(next).Name, type) : null;
    }

    /// <summary>What the schema says of an entity wherever it is named: the ids of enumerated types, the actions that there are.</summary>
    public static ConformanceFault? CheckUid(EntityUid uid, CedarSchema schema)
    {
        if (schema.EntityTypes.TryGetValue(uid.Type, out var type))
        {
            return type.HasId(uid.Id) ? null : new(ConformanceCode.NotInEnum, $"`{type}` lists its ids, and this is none of them", "");
        }

        return uid.IsAction && !schema.Actions.ContainsKey(uid)
            ? new(ConformanceCode.UndeclaredAction, $"the schema does not declare the action {uid}", "")
            : null;
    }

    private static ConformanceFault? Expect(ValueKind kind, Value value, CedarType type) =>
        value.Kind == kind ? null : Mismatch(value, type);

    private static ConformanceFault? CheckEntity(Value value, CedarType.EntityOf type, CedarSchema schema)
    {
        if (value is not EntityValue { Uid: var uid })
        {
            return Mismatch(value, type);
        }

        return uid.Type == type.Name
            ? CheckUid(uid, schema)
            : new(ConformanceCode.WrongType, $"expected an entity of type {type}, found one of type {uid.Type}", "");
    }

    private static ConformanceFault? CheckSet(Value value, CedarType.SetOf type, CedarSchema schema)
    {
        if (value is not SetValue set)
        {
            return Mismatch(value, type);
        }

        for (var i = 0; i < set.Elements.Length; i++)
        {
            if (Check(set.Elements[i], type.Element, schema) is { } fault)
            {
                return fault.Under(string.Create(CultureInfo.InvariantCulture, $"[{i}]"));
            }
        }

        return null;
    }

    private static ConformanceFault? CheckRecord(Value value, RecordType type, CedarSchema schema) =>
        value is RecordValue record ? CheckFields(record, type, schema) : Mismatch(value, type);

    private static ConformanceFault Mismatch(Value value, CedarType type) =>
        new(ConformanceCode.WrongType, $"expected {(type is RecordType ? "a record" : type)}, found {TypeName.Of(value.Kind)}", "");

    private static ConformanceFault Unexpected(string name, RecordType type)
    {
        var suggestion = Syntax.Nearest.Suggest(name, type.Attributes.Select(a => a.Key));
        return new(
            ConformanceCode.UnexpectedAttribute,
            $"the schema declares no attribute `{name}` here{(suggestion is null ? "" : $"; {suggestion}")}", "");
    }
}
