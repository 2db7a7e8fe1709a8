namespace Holdpoint.Policy.Validation;

/// <summary>How much the validator asks of types that meet: in an <c>==</c>, a set, the branches of an <c>if</c>.</summary>
public enum ValidationMode
{
    /// <summary>
    /// They have to be the same. What is strictly valid has one type for every part in every environment, which is what makes policies
    /// analysable; it is the mode to use.
    /// </summary>
    Strict,

    /// <summary>
    /// They may differ where evaluation does not err: <c>1 == "a"</c> is false. Whatever is strictly valid is permissively valid.
    /// </summary>
    Permissive,
}
