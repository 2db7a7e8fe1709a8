using System.Collections.Immutable;
using System.Text;

namespace Holdpoint.Gateway.Records;

/// <summary>A member of a record: its name and how its value is written. Immutable and thread-safe.</summary>
internal sealed class RecordMember
{
    private readonly byte[] _start;
    private readonly Presence _has;
    private readonly Writing _write;

    /// <param name="name">Lower-case letters and underscores.</param>
    /// <param name="has">Whether a record has it.</param>
    /// <param name="write">Writes the value.</param>
    public RecordMember(string name, Presence has, Writing write)
    {
        Name = name;
        _start = Encoding.ASCII.GetBytes($"\"{name}\":");
        _has = has;
        _write = write;
    }

    public delegate bool Presence(ref RecordRendering record);

    public delegate void Writing(ref RecordRendering record);

    public delegate T Source<out T>(RecordDraft draft);

    public string Name { get; }

    public static RecordMember Text(string name, Source<string?> value) =>
        new(name, (ref record) => value(record.Draft) is not null, (ref record) => record.Json.String(value(record.Draft)!));

    public static RecordMember Texts(string name, Source<ImmutableArray<string>> values) =>
        new(name, (ref record) => !values(record.Draft).IsEmpty, (ref record) => record.Texts(values(record.Draft)));

    public static RecordMember Integer(string name, Source<long?> value) =>
        new(name, (ref record) => value(record.Draft) is not null, (ref record) => record.Json.Integer(value(record.Draft)!.Value));

    /// <summary>A member that every record has.</summary>
    public static RecordMember Always(string name, Writing write) => new(name, static (ref _) => true, write);

    /// <summary>Writes the member, if the record has it.</summary>
    public void Write(ref RecordRendering record)
    {
        if (!_has(ref record))
        {
            return;
        }

        var json = record.Json;
        json.Raw(json.Length > 1 ? ","u8 : ""u8);
        json.Raw(_start);
        _write(ref record);
    }
}
