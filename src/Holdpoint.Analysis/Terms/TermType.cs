using System.Collections.Immutable;

namespace Holdpoint.Analysis.Terms;

/// <summary>
/// The type of a term. Decimals, datetimes and durations are 64-bit integers here, as they are in Cedar's own definition; which of
/// them one is, is for the Cedar type beside it to say. Closed: every case is declared here.
/// </summary>
internal abstract record TermType
{
    private TermType()
    {
    }

    /// <summary>Truth values.</summary>
    public static TermType Boolean { get; } = new BooleanType();

    /// <summary>Signed 64-bit integers.</summary>
    public static TermType Long { get; } = new LongType();

    /// <summary>Texts.</summary>
    public static TermType String { get; } = new StringType();

    /// <summary>Values of <c>ipaddr</c>.</summary>
    public static TermType Address { get; } = new AddressType();

    /// <summary>Whether terms of this type reach a solver as they are: neither a collection nor an option.</summary>
    public bool IsScalar => this is not (SetOf or Record or OptionOf);

    /// <summary>All values of the type, when they can be listed; otherwise empty.</summary>
    public virtual ImmutableArray<Policy.Value> Values => [];

    /// <summary>Entities of one type of which there can be any number.</summary>
    public sealed record Entity(string Name) : TermType;

    /// <summary>Entities of a type whose ids are all listed.</summary>
    public sealed record Enum(string Name, ImmutableArray<string> Ids) : TermType
    {
        public override ImmutableArray<Policy.Value> Values => [.. Ids.Select(id => Policy.Value.Of(new Policy.EntityUid(Name, id)))];

        public bool Equals(Enum? other) => other is not null && Name == other.Name;

        public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
    }

    /// <summary>Sets.</summary>
    public sealed record SetOf(TermType Element) : TermType;

    /// <summary>A value or none.</summary>
    public sealed record OptionOf(TermType Inner) : TermType;

    /// <summary>
    /// Records; the fields in the ordinal order of their names. An attribute that may be absent has an option for its type.
    /// </summary>
    public sealed record Record(ImmutableArray<(string Name, TermType Type)> Fields) : TermType
    {
        public bool Equals(Record? other) => other is not null && Fields.SequenceEqual(other.Fields);

        public override int GetHashCode() => Fields.Aggregate(Fields.Length, HashCode.Combine);
    }

    /// <summary>What stands for a set where a set is an element of another: equal handles, equal sets.</summary>
    public sealed record HandleOf(TermType Element) : TermType;

    private sealed record BooleanType : TermType
    {
        public override ImmutableArray<Policy.Value> Values => [Policy.Value.Of(false), Policy.Value.Of(true)];
    }

    private sealed record LongType : TermType;

    private sealed record StringType : TermType;

    private sealed record AddressType : TermType;
}
