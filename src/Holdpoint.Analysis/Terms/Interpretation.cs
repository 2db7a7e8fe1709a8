using Holdpoint.Policy;

namespace Holdpoint.Analysis.Terms;

/// <summary>
/// What the unknowns are: a value for each variable and a table for each function. What is not given has the default value.
/// </summary>
internal sealed class Interpretation
{
    private readonly Dictionary<string, Value> _variables = new(StringComparer.Ordinal);

    // Arguments are kept as a record of their positions: the values that Cedar has compare by content already.
    private readonly Dictionary<FunctionSymbol, Dictionary<Value, Value>> _functions = [];

    public Value? this[string variable]
    {
        get => _variables.GetValueOrDefault(variable);
        set => _variables[variable] = value!;
    }

    public Value? this[FunctionSymbol function, params IEnumerable<Value> arguments]
    {
        get => _functions.GetValueOrDefault(function)?.GetValueOrDefault(At(arguments));
        set
        {
            if (!_functions.TryGetValue(function, out var table))
            {
                _functions.Add(function, table = []);
            }

            table[At(arguments)] = value!;
        }
    }

    /// <summary>Every value that a variable, or a function somewhere, has.</summary>
    public IEnumerable<Value> Values =>
        _variables.Values.Concat(
            _functions.Values.SelectMany(table => table.SelectMany(entry => (IEnumerable<Value>)[entry.Key, entry.Value])));

    /// <summary>The place in a function's table for these arguments.</summary>
    public static RecordValue At(IEnumerable<Value> arguments) =>
        Value.Record(arguments.Select((a, i) => KeyValuePair.Create(((char)('a' + i)).ToString(), a)));
}
