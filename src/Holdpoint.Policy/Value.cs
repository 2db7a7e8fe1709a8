namespace Holdpoint.Policy;

/// <summary>
/// A Cedar value. Immutable and safe to share; equality is Cedar's <c>==</c>: by type and content, so values of different types are
/// never equal. The cases are closed: every one is in this assembly.
/// </summary>
public abstract class Value : IEquatable<Value>
{
    private protected Value()
    {
    }

    /// <summary>The Cedar type of this value.</summary>
    public abstract ValueKind Kind { get; }

    /// <summary>The value <c>true</c> or <c>false</c>; allocates nothing.</summary>
    public static BooleanValue Of(bool value) => value ? BooleanValue.True : BooleanValue.False;

    /// <summary>A <c>Long</c>.</summary>
    public static LongValue Of(long value) => LongValue.Create(value);

    /// <summary>A <c>String</c>.</summary>
    public static StringValue Of(string value) => new(value);

    /// <summary>A reference to an entity, which need not exist.</summary>
    public static EntityValue Of(EntityUid value) => new(value);

    /// <summary>A set of the distinct values among <paramref name="elements"/>.</summary>
    public static SetValue Set(params IEnumerable<Value> elements) => SetValue.Create(elements);

    /// <summary>A record of these fields.</summary>
    /// <exception cref="ArgumentException">Two fields have the same name.</exception>
    public static RecordValue Record(params IEnumerable<KeyValuePair<string, Value>> fields) => RecordValue.Create(fields);

    /// <inheritdoc/>
    public abstract bool Equals(Value? other);

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as Value);

    /// <inheritdoc/>
    public abstract override int GetHashCode();

    /// <summary>A Cedar expression that evaluates to this value. For people and tests: it can hold content.</summary>
    public abstract override string ToString();
}
