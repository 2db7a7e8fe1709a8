using Holdpoint.Policy;
using Holdpoint.Policy.Validation;

namespace Holdpoint.Cli.Cedar;

/// <summary>The answer of <c>cedar corpus --json</c> (docs/reference/cedar.md). What this version does not compare is null.</summary>
internal sealed record CorpusTally
{
    /// <summary>Tests read.</summary>
    public int Tests { get; set; }

    /// <summary>
    /// Tests whose requests and entities conform to the schema exactly where the test says so, or that are strictly valid exactly when the
    /// test says so; null where no test says either.
    /// </summary>
    public int? Validation { get; private set; }

    /// <summary>Requests decided.</summary>
    public int Requests { get; private set; }

    /// <summary>Requests whose decision agrees.</summary>
    public int Decision { get; private set; }

    /// <summary>Requests whose determining policies agree, as a set.</summary>
    public int Reasons { get; private set; }

    /// <summary>Requests whose erring policies agree, as a set.</summary>
    public int Errors { get; private set; }

    /// <summary>Tests of which the strict verdict agrees; null where none was given.</summary>
    public int? Strict { get; private set; }

    /// <summary>Tests of which the permissive verdict agrees; null where none was given.</summary>
    public int? Permissive { get; private set; }

    /// <summary>Schemas whose JSON agrees; null where none was given.</summary>
    public int? Schemas { get; private set; }

    /// <summary>Ids of the tests with anything that does not agree.</summary>
    public SortedSet<string> Disagree { get; } = new(StringComparer.Ordinal);

    /// <summary>Counts one schema that was compared.</summary>
    public void CountSchema(string testId, bool agrees) => Schemas = Added(Schemas, testId, agrees);

    /// <summary>Counts what one test says of validation.</summary>
    public void CountValidation(string testId, bool agrees) => Validation = Added(Validation, testId, agrees);

    /// <summary>Counts one verdict that was compared.</summary>
    public void CountVerdict(string testId, ValidationMode mode, bool agrees)
    {
        if (mode == ValidationMode.Strict)
        {
            Strict = Added(Strict, testId, agrees);
        }
        else
        {
            Permissive = Added(Permissive, testId, agrees);
        }
    }

    /// <summary>Counts one request; false when it does not agree in everything.</summary>
    public bool Count(string testId, CorpusRequest expected, Response? actual)
    {
        Requests++;
        var decision = actual is not null && actual.Decision == expected.Decision;
        var reasons = actual is not null && expected.Reasons.SetEquals(actual.Reasons);
        var errors = actual is not null && expected.Errors.SetEquals(actual.Errors.Select(e => e.PolicyId));
        Decision += decision ? 1 : 0;
        Reasons += reasons ? 1 : 0;
        Errors += errors ? 1 : 0;
        if (decision && reasons && errors)
        {
            return true;
        }

        Disagree.Add(testId);
        return false;
    }

    private int Added(int? count, string testId, bool agrees)
    {
        if (!agrees)
        {
            Disagree.Add(testId);
        }

        return (count ?? 0) + (agrees ? 1 : 0);
    }
}
