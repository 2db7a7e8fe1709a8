namespace Holdpoint.Policy;

/// <summary>An instance of a template.</summary>
/// <param name="TemplateId">The template.</param>
/// <param name="NewId">The id of the policy that it becomes.</param>
/// <param name="Principal">What fills <c>?principal</c>; null exactly when the template has no such slot.</param>
/// <param name="Resource">What fills <c>?resource</c>; null exactly when the template has no such slot.</param>
public sealed record TemplateLink(string TemplateId, string NewId, EntityUid? Principal = null, EntityUid? Resource = null);
