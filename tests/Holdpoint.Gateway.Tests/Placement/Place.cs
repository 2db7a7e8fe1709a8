namespace Holdpoint.Gateway.Tests.Placement;

/// <summary>A place of a request where content can be: one row of the matrix.</summary>
/// <param name="Endpoint">The endpoint.</param>
/// <param name="Body">A request to the echo, with <c>§</c> in the place.</param>
/// <param name="Path">The place's JSON Pointer, by which the coverage must name it.</param>
internal sealed record Place(string Endpoint, string Body, string Path)
{
    /// <summary>Every place of every format.</summary>
    public static IReadOnlyList<Place> All { get; } =
        [.. ChatPlaces.All, .. ResponsesPlaces.All, .. OtherPlaces.All, .. AnthropicPlaces.All];

    public override string ToString() => $"{Endpoint} {Path}";
}
