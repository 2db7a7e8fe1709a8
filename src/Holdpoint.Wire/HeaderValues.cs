namespace Holdpoint.Wire;

/// <summary>
/// The values of a request's header, one for each time that it appears; empty where it does not. Names are matched without case.
/// </summary>
internal delegate IReadOnlyList<string?> HeaderValues(string name);
