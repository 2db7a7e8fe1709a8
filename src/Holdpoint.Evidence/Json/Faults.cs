namespace Holdpoint.Evidence.Json;

/// <summary>The first fault of a document; later faults are usually its consequences. Not thread-safe.</summary>
internal sealed class Faults
{
    public string? First { get; private set; }

    public bool Any => First is not null;

    public void Add(string message) => First ??= message;
}
