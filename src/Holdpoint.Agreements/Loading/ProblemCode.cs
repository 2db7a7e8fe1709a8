namespace Holdpoint.Agreements;

/// <summary>
/// The codes of <see cref="AgreementProblem"/>. A contract (docs/reference/agreement.md): never renumbered, never reused.
/// </summary>
public static class ProblemCode
{
    /// <summary>A file that is not part of an agreement.</summary>
    public const string StrayFile = "HP0401";

    /// <summary>A file that every agreement has is missing, or there is no such folder.</summary>
    public const string MissingFile = "HP0402";

    /// <summary>A file that is too large, not a regular file, or not UTF-8.</summary>
    public const string UnreadableFile = "HP0403";

    /// <summary>More files than an agreement may have.</summary>
    public const string TooManyFiles = "HP0404";

    /// <summary>There is no clause.</summary>
    public const string NoClauses = "HP0405";

    /// <summary>A file's stem that cannot be a clause's id, or that already is the id of another clause.</summary>
    public const string BadClauseName = "HP0406";

    /// <summary>A YAML file that does not parse, or that uses a feature that is not read here: anchors, tags, several documents.</summary>
    public const string BadYaml = "HP0410";

    /// <summary>A key that the format does not have.</summary>
    public const string UnknownKey = "HP0411";

    /// <summary>A key given twice.</summary>
    public const string DuplicateKey = "HP0412";

    /// <summary>A key that must be there is missing.</summary>
    public const string MissingKey = "HP0413";

    /// <summary>A value that the key cannot have.</summary>
    public const string BadValue = "HP0414";

    /// <summary>A name given to two things of a kind.</summary>
    public const string DuplicateName = "HP0415";

    /// <summary>A name that refers to nothing in the agreement.</summary>
    public const string UnknownReference = "HP0416";

    /// <summary>A clause that is not Cedar.</summary>
    public const string BadPolicy = "HP0420";

    /// <summary>A template: an agreement has whole policies only.</summary>
    public const string Template = "HP0421";

    /// <summary>A clause file without a policy.</summary>
    public const string EmptyClause = "HP0422";

    /// <summary>
    /// A clause without <c>@title</c>, <c>@text</c> or <c>@basis</c>, or with one of them elsewhere than on its first policy.
    /// </summary>
    public const string MissingAnnotation = "HP0423";

    /// <summary>A <c>@basis</c> that <c>basis.yaml</c> does not list.</summary>
    public const string UnknownBasis = "HP0424";

    /// <summary>A <c>@hold</c> that does not name seats, or that is on a permit.</summary>
    public const string BadHold = "HP0425";

    /// <summary>A hold that asks for people whom the agreement does not have.</summary>
    public const string UnfillableSeat = "HP0426";

    /// <summary>A clause that reads <c>context.seats</c>, or the context as a whole.</summary>
    public const string ReadsSeats = "HP0427";

    /// <summary>A file in <c>red-lines/</c> that is not exactly one <c>forbid</c>.</summary>
    public const string BadRedLine = "HP0428";

    /// <summary>An entity type that the vocabulary does not have.</summary>
    public const string UnknownEntityType = "HP0430";

    /// <summary>A value that a list of the vocabulary does not have, or an action that the vocabulary does not have.</summary>
    public const string UnknownValue = "HP0431";

    /// <summary>An entity that the agreement does not list.</summary>
    public const string UnknownEntity = "HP0432";

    /// <summary>An attribute that the vocabulary does not have, or does not have here.</summary>
    public const string UnknownAttribute = "HP0433";

    /// <summary>A phrase name that <c>signals.phrases</c> does not have.</summary>
    public const string UnknownPhrase = "HP0434";

    /// <summary>
    /// A clause that the validator does not let pass: types that do not fit, or an optional attribute read without <c>has</c>.
    /// </summary>
    public const string IllTyped = "HP0435";

    /// <summary>A policy that applies to no valid request.</summary>
    public const string NeverApplies = "HP0436";

    /// <summary>A comparison or a <c>has</c> that is false for every valid request.</summary>
    public const string NeverTrue = "HP0437";

    /// <summary>A <c>vocabulary.cedarschema</c> that is not understood.</summary>
    public const string BadVocabulary = "HP0440";

    /// <summary>
    /// A <c>vocabulary.cedarschema</c> that changes the namespace Holdpoint in any other way than by adding values to its lists.
    /// </summary>
    public const string VocabularyChanged = "HP0441";
}
