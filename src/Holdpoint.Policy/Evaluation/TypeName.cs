namespace Holdpoint.Policy.Evaluation;

/// <summary>What messages call the types.</summary>
internal static class TypeName
{
    public const string RecordOrEntity = "a record or an entity";

    public static string Of(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => "a Bool",
        ValueKind.Long => "a Long",
        ValueKind.String => "a String",
        ValueKind.Entity => "an entity",
        ValueKind.Set => "a set",
        ValueKind.Record => "a record",
        ValueKind.Decimal => "a decimal",
        ValueKind.IpAddress => "an ipaddr",
        ValueKind.DateTime => "a datetime",
        _ => "a duration",
    };
}
