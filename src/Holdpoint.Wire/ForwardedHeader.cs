namespace Holdpoint.Wire;

/// <summary>
/// A header that is sent to the provider because the client asked for its meaning. Name and value are constants of the wire format, chosen
/// by the client's headers: the client's own bytes never become a header.
/// </summary>
internal readonly record struct ForwardedHeader(string Name, string Value);
