using System.Collections.Immutable;
using Holdpoint.Evidence.Chunks;
using Holdpoint.Evidence.InToto;
using Holdpoint.Evidence.Predicates;

namespace Holdpoint.Cli.Evidence;

/// <summary>The statement that <c>attest</c> is asked to sign, put together from its options.</summary>
internal sealed record StatementDraft(InTotoStatement Statement, ImmutableArray<SubjectFile> Files)
{
    /// <exception cref="CommandFailureException">The options do not make a statement of this predicate.</exception>
    public static StatementDraft Of(PredicateType predicate, IReadOnlyCollection<string> subjects, SetFields fields)
    {
        var draft = predicate == PredicateType.DatasetProvenance ? DatasetProvenance(subjects, fields)
            : predicate == PredicateType.Authority ? Authority(subjects, fields)
            : predicate == PredicateType.Revocation ? Revocation(subjects, fields)
            : predicate == PredicateType.Proof
                ? throw CommandFailureException.Usage("a proof is signed with `prove --sign`, which proves first")
            : throw CommandFailureException.Usage("an approval is signed with `approve`, which shows first what it is about");
        fields.Close(predicate);
        return draft;
    }

    private static StatementDraft DatasetProvenance(IReadOnlyCollection<string> subjects, SetFields fields)
    {
        if (subjects.Count == 0)
        {
            throw CommandFailureException.Usage("--subject FILE is missing: provenance is of some data");
        }

        ImmutableArray<SubjectFile> files = [.. subjects.Select(SubjectFile.Read)];
        var chunks = files.SelectMany(f => f.Chunks).Distinct().ToArray();
        if (chunks.Length > ChunkList.MaxCount)
        {
            throw CommandFailureException.Usage(
                $"the subjects have {chunks.Length} distinct lines; a statement carries {ChunkList.MaxCount}, so attest them in pieces");
        }

        return new(
            new(
                SubjectsOf(files),
                new DatasetProvenance
                {
                    Origin = fields.Text("origin"),
                    Jurisdiction = fields.Text("jurisdiction"),
                    Acquisition = fields.Text("acquisition"),
                    Consent = fields.Text("consent"),
                    Classes = fields.List("classes"),
                    Subjects = fields.Count("subjects"),
                    Deployments = fields.List("deployments"),
                    Validity = fields.Validity(mustExpire: false),
                    Chunks = ChunkList.Create(chunks),
                }),
            files);
    }

    private static StatementDraft Authority(IReadOnlyCollection<string> subjects, SetFields fields)
    {
        ImmutableArray<SubjectFile> files = [.. subjects.Select(SubjectFile.Read)];
        return new(
            new(
                SubjectsOf(files),
                new Authority
                {
                    Agreement = fields.Required("agreement"),
                    Deployment = fields.Required("deployment"),
                    Principals = fields.List("principals"),
                    Basis = fields.Text("basis"),
                    Case = fields.Text("case"),
                    Purpose = fields.Text("purpose"),
                    Selectors = new Selectors
                    {
                        Datasets = fields.Ids("selectors.datasets"),
                        Classes = fields.List("selectors.classes"),
                        Origins = fields.List("selectors.origins"),
                    },
                    Validity = fields.Validity(mustExpire: true),
                }),
            files);
    }

    private static StatementDraft Revocation(IReadOnlyCollection<string> subjects, SetFields fields)
    {
        var revoked = fields.Ids("statements").Select(id => new StatementSubject(null, id.Digest)).ToList();
        foreach (var path in subjects)
        {
            var (envelope, statement) = SubjectFile.ReadEnvelope(path);
            revoked.Add(new(Path.GetFileName(path), envelope));
            revoked.Add(new(Path.GetFileName(path), statement));
        }

        if (revoked.Count == 0)
        {
            throw CommandFailureException.Usage("name what is revoked: --set statements=sha256:… or --subject FILE with the envelope");
        }

        return new(new(Bounded([.. revoked]), new Revocation { Reason = fields.Text("reason") }), []);
    }

    private static ImmutableArray<StatementSubject> SubjectsOf(ImmutableArray<SubjectFile> files) =>
        Bounded([.. files.Select(f => new StatementSubject(f.Name, f.Digest))]);

    private static ImmutableArray<StatementSubject> Bounded(ImmutableArray<StatementSubject> subjects) =>
        subjects.Length <= InTotoStatement.MaxSubjects
            ? subjects
            : throw CommandFailureException.Usage($"a statement has at most {InTotoStatement.MaxSubjects} subjects");
}
