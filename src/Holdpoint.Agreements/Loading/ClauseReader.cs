using System.Collections.Immutable;
using System.Globalization;
using Holdpoint.Policy;
using Holdpoint.Policy.Syntax;

namespace Holdpoint.Agreements.Loading;

/// <summary>Reads one file of <c>clauses/</c> or <c>red-lines/</c>.</summary>
internal sealed class ClauseReader(
    AgreementFacts facts, Vocabulary vocabulary, ImmutableSortedDictionary<string, BasisText> basis, Problems problems)
{
    private static readonly string[] ClauseAnnotations = ["title", "text", "basis"];

    /// <summary>The clause; null, with problems, when the file is not a clause.</summary>
    public LoadedClause? Read(AgreementFile file)
    {
        if (!IsClauseName(file.Stem))
        {
            problems.Add(
                ProblemCode.BadClauseName, file.Path, "the file's stem is the clause's id",
                "use at most 64 of a-z and 0-9, with single - between them");
        }

        if (file.ReadText(problems) is not { } text)
        {
            return null;
        }

        var parsed = PolicyParser.Parse(text);
        foreach (var diagnostic in parsed.Diagnostics)
        {
            problems.Add(
                ProblemCode.BadPolicy,
                PlaceOf(file, text, diagnostic.Span),
                $"{diagnostic.Code} {diagnostic.Message}",
                diagnostic.Suggestion ?? "correct the Cedar text at this place");
        }

        foreach (var template in parsed.Templates)
        {
            problems.Add(
                ProblemCode.Template, PlaceOf(file, text, template.Body.Span),
                "a template decides nothing by itself", "name the entity in place of ?principal or ?resource");
        }

        if (!parsed.IsValid || parsed.Templates is not [])
        {
            return null;
        }

        if (parsed.Policies is not [var first, ..])
        {
            problems.Add(ProblemCode.EmptyClause, file.Path, "there is no policy in this clause", "write one, or remove the file");
            return null;
        }

        var isRedLine = file.Path.StartsWith("red-lines/", StringComparison.Ordinal);
        if (isRedLine && parsed.Policies is not [{ Effect: Effect.Forbid }])
        {
            problems.Add(
                ProblemCode.BadRedLine, file.Path, "a red line is exactly one forbid",
                "give each its own file, and put permits into clauses/");
        }

        var before = problems.Count;
        var check = new PolicyCheck(facts, vocabulary, problems, span => PlaceOf(file, text, span));
        var loaded = ImmutableArray.CreateBuilder<LoadedPolicy>();
        foreach (var policy in parsed.Policies)
        {
            check.Check(policy);
            var id = string.Create(CultureInfo.InvariantCulture, $"{file.Stem}#{loaded.Count}");
            loaded.Add(ReadHold(policy with { Id = id }, PlaceOf(file, text, policy.Span)));
        }

        // A name that exists nowhere would be reported again, in other words.
        if (problems.Count == before)
        {
            TypeCheck.Check([.. loaded.Select(policy => policy.Policy)], vocabulary, problems, span => PlaceOf(file, text, span));
        }

        foreach (var other in parsed.Policies.Skip(1).Where(policy => ClauseAnnotations.Any(policy.Annotations.ContainsKey)))
        {
            problems.Add(
                ProblemCode.MissingAnnotation,
                PlaceOf(file, text, other.Span),
                "@title, @text and @basis speak for the whole file",
                "put them on its first policy, or this policy into a file of its own");
        }

        return new(ReadWords(file, first, isRedLine, PlaceOf(file, text, first.Span)), loaded.ToImmutable());
    }

    private Clause ReadWords(AgreementFile file, Policy.Policy first, bool isRedLine, string place)
    {
        foreach (var name in ClauseAnnotations.Where(name => string.IsNullOrWhiteSpace(first.Annotations.GetValueOrDefault(name))))
        {
            problems.Add(
                ProblemCode.MissingAnnotation, place, $"the clause has no @{name}", $"write @{name}(\"…\") before its first policy");
        }

        var texts = ImmutableArray.CreateBuilder<BasisText>();
        foreach (var id in first.Annotations.GetValueOrDefault("basis", "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (basis.TryGetValue(id, out var known))
            {
                texts.Add(known);
            }
            else
            {
                problems.Add(ProblemCode.UnknownBasis, place, $"basis.yaml has no '{id}'", Suggestion.For(id, basis.Keys));
            }
        }

        return new(
            new(file.Stem),
            first.Annotations.GetValueOrDefault("title", ""),
            first.Annotations.GetValueOrDefault("text", ""),
            texts.ToImmutable(),
            isRedLine);
    }

    private LoadedPolicy ReadHold(Policy.Policy policy, string place)
    {
        if (!policy.Annotations.TryGetValue("hold", out var text))
        {
            return new(policy, null);
        }

        if (policy.Effect == Effect.Permit)
        {
            problems.Add(ProblemCode.BadHold, place, "a permit cannot hold", "put @hold on a forbid");
            return new(policy, null);
        }

        if (!Seats.TryParseHold(text, out var seats))
        {
            problems.Add(
                ProblemCode.BadHold, place, $"'{text}' does not name seats",
                "write kinds with 1 to 8 of each, such as @hold(\"reviewer:2, provider:1\")");
            return new(policy, null);
        }

        foreach (var unknown in seats.Where(seat => !vocabulary.HasValue("Seat", seat.ToString())))
        {
            problems.Add(
                ProblemCode.UnknownValue,
                place,
                $"the vocabulary has no seat '{unknown}'",
                Suggestion.For(unknown.Kind, vocabulary.ValuesOf("Seat").Select(seat => seat.Split('#')[0]).Distinct()));
        }

        SeatCheck.Check(seats, facts.Seats, place, problems);
        return new(HoldRule.Lift(policy, seats), seats) { Written = policy };
    }

    private static string PlaceOf(AgreementFile file, string text, SourceSpan span)
    {
        var (line, column) = span.PlaceIn(text);
        return string.Create(CultureInfo.InvariantCulture, $"{file.Path}:{line}:{column}");
    }

    private static bool IsClauseName(string stem) =>
        stem.Length is > 0 and <= 64
        && stem.Split('-').All(part => part.Length > 0 && part.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)));
}
