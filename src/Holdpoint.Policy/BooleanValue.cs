namespace Holdpoint.Policy;

/// <summary>A Cedar <c>Bool</c>. There are two of them.</summary>
public sealed class BooleanValue : Value
{
    private BooleanValue(bool value) => Value = value;

    /// <summary><c>true</c>.</summary>
    public static BooleanValue True { get; } = new(true);

    /// <summary><c>false</c>.</summary>
    public static BooleanValue False { get; } = new(false);

    /// <summary>The truth value.</summary>
    public bool Value { get; }

    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Boolean;

    /// <inheritdoc/>
    public override bool Equals(Value? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => Value ? 1 : 0;

    /// <inheritdoc/>
    public override string ToString() => Value ? "true" : "false";
}
