namespace Holdpoint.Policy.Validation.Checking;

/// <summary>That an attribute or a tag is there. Said of a form: two expressions of one form have one value.</summary>
/// <param name="Target">The form of the expression that has it.</param>
/// <param name="Attribute">The attribute; null for a tag.</param>
/// <param name="Tag">The form of the tag's name; -1 for an attribute.</param>
internal readonly record struct Capability(int Target, string? Attribute, int Tag)
{
    public static Capability OfAttribute(int target, string name) => new(target, name, -1);

    public static Capability OfTag(int target, int tag) => new(target, null, tag);
}
