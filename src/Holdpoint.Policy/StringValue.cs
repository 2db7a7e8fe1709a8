using Holdpoint.Policy.Syntax;

namespace Holdpoint.Policy;

/// <summary>A Cedar <c>String</c>: any text, compared code unit by code unit, without normalisation or culture.</summary>
public sealed class StringValue : Value
{
    internal StringValue(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        Value = value;
    }

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.String;

    /// <inheritdoc/>
    public override bool Equals(Value? other) => other is StringValue that && that.Value == Value;

    /// <inheritdoc/>
    public override int GetHashCode() => Value.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => CedarText.Quote(Value);
}
