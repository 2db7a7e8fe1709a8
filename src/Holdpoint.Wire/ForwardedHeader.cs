namespace Holdpoint.Wire;

/// <summary>
/// A header that goes to the provider because the client asked for what it means. Name and value are constants of the wire format, chosen
/// by what the client sent: its own bytes never become a header.
/// </summary>
internal readonly record struct ForwardedHeader(string Name, string Value);
