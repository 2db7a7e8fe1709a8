using System.Collections.Immutable;
using Holdpoint.Analysis.Terms;

namespace Holdpoint.Analysis.SmtLib;

/// <summary>A question to a solver, in the part of SMT-LIB 2.6 that all of them understand alike.</summary>
/// <param name="Text">Declarations, definitions and assertions.</param>
/// <param name="Wishes">What a model should be like; by the names of truth values in the text.</param>
/// <param name="Observed">The terms whose values make a model, each with its name in the text.</param>
internal sealed record SmtProblem(
    string Text, ImmutableArray<Wish<string>> Wishes, ImmutableArray<(Term Term, string Name)> Observed);
