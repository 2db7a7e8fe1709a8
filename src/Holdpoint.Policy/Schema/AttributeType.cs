namespace Holdpoint.Policy.Schema;

/// <summary>What a record holds under one name.</summary>
/// <param name="Type">The type of the value.</param>
/// <param name="Required">Whether it is always there; false for <c>name?: …</c>, which a policy must test with <c>has</c> first.</param>
public readonly record struct AttributeType(CedarType Type, bool Required)
{
    /// <inheritdoc/>
    public override string ToString() => $"{(Required ? "" : "?")}: {Type}";
}
