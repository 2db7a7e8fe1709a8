namespace Holdpoint.Policy;

/// <summary>
/// A record that its owner writes anew for each decision, in the memory of the last one, so that a decision allocates nothing. Belongs
/// to one thread at a time.
/// </summary>
/// <remarks>
/// Every value that a caller can hold stays immutable: the record and the numbers that are written over here are reachable in this
/// assembly only. A decision keeps nothing of them either, because outcomes are policies, and errors are texts.
/// </remarks>
public sealed class RecordBuffer
{
    private readonly List<LongValue> _numbers = [];
    private int _numbersUsed;

    /// <summary>The record as it is written at the moment.</summary>
    internal RecordValue Record { get; } = RecordValue.CreateWritable();

    /// <summary>Takes all fields out and lets go of their values. The memory stays.</summary>
    public void Clear()
    {
        Record.Clear();
        _numbersUsed = 0;
    }

    /// <summary>Adds a field; fastest in the ordinal order of names.</summary>
    /// <exception cref="ArgumentException">There is a field of that name.</exception>
    public void Add(string name, Value value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        Record.Insert(name, value);
    }

    /// <summary>Adds a <c>Long</c>, without an object for it.</summary>
    /// <inheritdoc cref="Add(string, Value)"/>
    public void Add(string name, long number)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (_numbersUsed == _numbers.Count)
        {
            _numbers.Add(LongValue.CreateWritable());
        }

        var value = _numbers[_numbersUsed++];
        value.Write(number);
        Record.Insert(name, value);
    }

    /// <summary>Adds a record; what is written into it later, up to the decision, counts as well.</summary>
    /// <inheritdoc cref="Add(string, Value)"/>
    public void Add(string name, RecordBuffer record)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(record);
        Record.Insert(name, record.Record);
    }

    /// <summary>The record as it is now, as a value of its own that nothing changes.</summary>
    public RecordValue ToRecord() => Copy(Record);

    private static RecordValue Copy(RecordValue record) =>
        Value.Record(record.Fields.Select(field => KeyValuePair.Create(field.Key, Copy(field.Value))));

    private static Value Copy(Value value) => value switch
    {
        RecordValue record => Copy(record),
        LongValue number => Value.Of(number.Value),
        _ => value,
    };
}
