namespace Holdpoint.Gateway.Tests.Placement;

/// <summary>Where content can be in requests for completions and embeddings.</summary>
internal static class OtherPlaces
{
    public static IReadOnlyList<Place> All { get; } =
    [
        new("/v1/completions", """{"model":"echo","prompt":"§"}""", "/prompt"),
        new("/v1/completions", """{"model":"echo","prompt":["a","§"]}""", "/prompt/1"),
        new("/v1/completions", """{"model":"echo","prompt":"a","suffix":"§"}""", "/suffix"),
        new("/v1/completions", """{"model":"echo","prompt":"a","stop":"§"}""", "/stop"),
        new("/v1/completions", """{"model":"echo","prompt":"a","user":"§"}""", "/user"),
        new("/v1/embeddings", """{"model":"echo","input":"§"}""", "/input"),
        new("/v1/embeddings", """{"model":"echo","input":["a","§"]}""", "/input/1"),
        new("/v1/embeddings", """{"model":"echo","input":"a","user":"§"}""", "/user"),
        new("/v1/embeddings", """{"model":"echo","input":"a","encoding_format":"§"}""", "/encoding_format"),
    ];
}
