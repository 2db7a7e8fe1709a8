namespace Holdpoint.Agreements;

/// <summary>The effect that a tool can have. The value that nobody set is <see cref="Kinetic"/>, the worst.</summary>
public readonly record struct EffectClass
{
    private readonly string? _name;

    /// <summary>A class by its name in the vocabulary.</summary>
    public EffectClass(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _name = name == "kinetic" ? null : name;
    }

    /// <summary>No effect outside the call.</summary>
    public static EffectClass None { get; } = new("none");

    /// <summary>Reads or reports.</summary>
    public static EffectClass Inform { get; } = new("inform");

    /// <summary>Changes something for a person or a system.</summary>
    public static EffectClass Consequential { get; } = new("consequential");

    /// <summary>Moves matter, releases force, or is not registered.</summary>
    public static EffectClass Kinetic { get; }

    /// <summary>The name of the class in the vocabulary.</summary>
    public string Name => _name ?? "kinetic";

    /// <inheritdoc/>
    public override string ToString() => Name;
}
