using System.Diagnostics;
using System.Text;
using FsCheck.Fluent;
using Holdpoint.Policy.Formatting;
using Holdpoint.Policy.Json;
using Holdpoint.Policy.Schema;
using Holdpoint.Policy.Syntax;
using Holdpoint.Testing;

namespace Holdpoint.Policy.Tests.Fuzzing;

/// <summary>
/// Every parser on generated and mutated input: none throws, none ends the process (they run on a small stack), none takes more memory
/// or time than a bound. The long form, <c>tests/fuzz</c>, is a million executions.
/// </summary>
public sealed class FuzzTests
{
    private const int StackBytes = 1 << 20;

    // The texts have 8,192 characters at most. What a policy can grow to is what its parts cost when it is parsed, printed, laid out,
    // written as JSON and read again.
    private const long MostBytes = 64 << 20;

    // A hang, not slowness: the slowest input takes some milliseconds, and a machine under load is not to fail this.
    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(1);

    private const string Schema = """
        namespace Ns { type Where = { "city": { zip?: Long }, name: String }; entity Team in [Team]; }
        @doc("x") entity User in [Ns::Team] = { age: Long, name: String, home?: Ns::Where, langs: Set<String>, since: datetime } tags Long;
        entity Photo; entity Color enum ["red", "green"];
        action read; action view in [read] appliesTo { principal: [User], resource: [Photo, Ns::Team], context: { n: Long, s?: String, c: Color } };
        """;

    private const string Entities = """
        [{"uid": {"type": "User", "id": "alice"}, "attrs": {"age": 41, "langs": ["en", 3], "since": {"__extn": {"fn": "datetime", "arg": "2024-02-29"}},
          "friend": {"__entity": {"type": "User", "id": "bob"}}}, "parents": [{"type": "Team", "id": "red"}], "tags": {"floor": 3}},
         {"uid": {"__entity": {"type": "Team", "id": "red"}}, "attrs": {}, "parents": [{"type": "Team", "id": "all"}]}]
        """;

    private const string Request =
        """{"principal": "User::\"alice\"", "action": {"type": "Action", "id": "view"}, "resource": {"__entity": {"type": "Photo","""
        + """ "id": "p"}}, "context": {"n": 7, "s": "\u00fc"}}""";

    private static readonly (string Name, Action<string> Run)[] Parsers =
    [
        ("policies", Policies),
        ("policies", Policies),
        ("expression", text => ExpressionParser.Parse(text)),
        ("entity", text => _ = EntityUid.TryParse(text, out _)),
        ("schema", text => Resolve(SchemaParser.Parse(text))),
        ("policies in JSON", text => PolicySetJson.Parse(Bytes(text))),
        ("schema in JSON", text => Resolve(SchemaJson.Parse(Bytes(text)))),
        ("entities", text => EntitiesJson.Parse(Bytes(text))),
        ("request", text => RequestJson.Parse(Bytes(text))),
        ("policies from bytes", text => PolicySetJson.Parse(Encoding.Unicode.GetBytes(text))),
    ];

    [Fact]
    public void No_input_makes_a_parser_throw_hang_or_take_more_memory_than_the_bound()
    {
        var executions = TestScale.Of(10_000, 1_000_000);
        var random = new Random(
            int.Parse(Environment.GetEnvironmentVariable("HOLDPOINT_FUZZ_SEED") ?? "4", System.Globalization.CultureInfo.InvariantCulture));
        var mutator = new Mutator(random, [.. Seeds()]);
        string? failure = null;
        var thread = new Thread(
            () =>
            {
                for (var i = 0; i < executions && failure is null; i++)
                {
                    var (name, run) = Parsers[random.Next(Parsers.Length)];
                    failure = Failure(run, mutator.Next()) is { } what ? $"{name}, execution {i}: {what}" : null;
                }
            },
            StackBytes);
        thread.Start();
        thread.Join();

        Assert.Null(failure);
    }

    private static string? Failure(Action<string> run, string text)
    {
        var (allocated, start) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
        string? what = null;
        try
        {
            run(text);
        }
        catch (Exception e)
        {
            what = e.ToString();
        }

        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        what ??= allocated > MostBytes ? $"{allocated} bytes" : Stopwatch.GetElapsedTime(start) > MostTime ? "it hangs" : null;
        return what is null ? null : $"{what}\non {System.Text.Json.JsonSerializer.Serialize(text)}";
    }

    private static void Policies(string text)
    {
        var parsed = PolicyParser.Parse(text);
        foreach (var diagnostic in parsed.Diagnostics)
        {
            Assert.InRange(diagnostic.Span.Start, 0, text.Length);
            Assert.InRange(diagnostic.Span.End, diagnostic.Span.Start, text.Length);
        }

        if (!parsed.IsValid)
        {
            Assert.True(parsed.Policies.IsEmpty && parsed.Templates.IsEmpty);
            return;
        }

        var printed = PolicyParser.Parse(string.Join('\n', parsed.Policies));
        Assert.Equal(parsed.Policies.Select(p => p with { Id = "" }), printed.Policies.Select(p => p with { Id = "" }));
        Assert.Equal(parsed.Policies, PolicyParser.Parse(PolicyFormatter.Format(text).Text!).Policies);

        var set = PolicySet.Create(parsed.Policies, parsed.Templates);
        var written = PolicySetJson.Write(set);
        var read = PolicySetJson.Parse(Encoding.UTF8.GetBytes(written));
        Assert.Null(read.Fault);
        Assert.Equal(written, PolicySetJson.Write(read.Value!));
        set.Compile().Authorize(World.Request, World.Entities);
    }

    private static void Resolve(SchemaParseResult parsed)
    {
        if (parsed.IsValid)
        {
            CedarSchema.Resolve(parsed.Document);
        }
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static IEnumerable<string> Seeds()
    {
        var policies = Tests.Policies.Generator.Sample(200, new FsCheck.Rnd(4), TestScale.Of(60, 400)).Select(p => p.ToString()).ToList();
        var shipped = Directory.GetFiles(Repo.Path("agreements"), "*.cedar", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllText);
        return
        [
            .. policies, .. shipped,
            .. policies.Select(p => PolicySetJson.Write(PolicySet.Create(PolicyParser.Parse(p).Policies))),
            Schema, SchemaParser.Parse(Schema).Document!.ToJson(), Entities,
            Request, "", "Ns::User::\"a\\u{fc}\"", "1 + -2 * 3 == context.n",
            "permit (principal == ?principal, action in [Action::\"a\"], resource is Photo in ?resource);",
        ];
    }
}
