namespace Holdpoint.Wire;

/// <summary>
/// The values of a request's header, one for each occurrence; empty when the header is absent. Names are matched without case.
/// </summary>
internal delegate IReadOnlyList<string?> HeaderValues(string name);
