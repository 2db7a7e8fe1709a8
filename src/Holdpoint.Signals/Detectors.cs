using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Holdpoint.Signals.Normalisation;
using Holdpoint.Signals.Persons;
using Holdpoint.Signals.Phrases;
using Holdpoint.Wire;

namespace Holdpoint.Signals;

/// <summary>The detectors of one bundle: its phrases, and persons by their identifiers. Built once, used for every part.</summary>
/// <remarks>Thread-safe. A finding is a signal: it can be missing, so it must only ever tighten a decision.</remarks>
public sealed class Detectors
{
    /// <summary>
    /// The maximum number of distinct persons in one part; beyond it the findings are the worst case. Equal to the largest limit of 28 CFR
    /// 202.205 (100,000 persons), which more persons could only exceed.
    /// </summary>
    public const int MaxPersons = 100_000;

    /// <summary>
    /// The maximum number of mentions of identifiers in one part, a bound on memory: a person has at most ten kinds of identifiers. Beyond
    /// it the findings are the worst case too.
    /// </summary>
    public const int MaxMentions = 10 * MaxPersons;

    private const int MaxPooledMentions = 4096;
    private static readonly SearchValues<byte> Plain = SearchValues.Create(Encoding.ASCII.GetBytes(TextLayer.PlainAscii));
    private readonly PhraseAutomaton _phrases;
    private readonly int _maxPersons;
    private readonly ConcurrentQueue<Scanner> _idle = [];
    private Scanner? _firstIdle;
    private int _idleCount;

    // Several for each core that could be scanning; what a burst needed beyond that is given back to the collector.
    private static readonly int MaxIdle = 8 * Environment.ProcessorCount;

    private Detectors(PhraseAutomaton phrases, int maxPersons)
    {
        _phrases = phrases;
        _maxPersons = maxPersons;
    }

    /// <summary>Whether there is any phrase to look for.</summary>
    internal bool HasPhrases => !_phrases.IsEmpty;

    /// <summary>Builds detectors for an agreement's phrases: name → texts, any of which is a hit.</summary>
    /// <param name="phrases">
    /// The texts of each phrase, by its name. A text needs 1 to <see cref="PhraseAutomaton.MaxPhraseChars"/> letters and digits.
    /// </param>
    /// <exception cref="ArgumentException">
    /// A text has no letter or digit, so that it could never be found, or too many of them (the message names the phrase), or all texts
    /// together are too long for <see cref="PhraseAutomaton.MaxStates"/>.
    /// </exception>
    /// <exception cref="PlatformNotSupportedException">This process cannot normalise Unicode, so disguised text would pass.</exception>
    public static Detectors Create(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> phrases) => Create(phrases, MaxPersons);

    internal static Detectors Create(IEnumerable<KeyValuePair<string, ImmutableArray<string>>> phrases, int maxPersons) =>
        UnicodeSupport.IsComplete()
            ? new(PhraseAutomaton.Create(phrases), maxPersons)
            : throw new PlatformNotSupportedException(
                "This process cannot normalise Unicode text: install ICU and turn globalization-invariant mode off.");

    /// <summary>
    /// Scans one part, in time linear in its length. An opaque part is not read: it has no findings, and its coverage says so.
    /// </summary>
    public Findings Scan(Part part) => part.Kind == PartKind.Text
        ? Scan(part.Path, part.Bytes.Span, within: null, table: null)
        : NotRead(part.Path);

    /// <summary>
    /// Scans the parts of one body, each as <see cref="Scan(Part)"/> does; but the rows of a table may begin in another text than its
    /// header. Ids and names of parts between them part nothing.
    /// </summary>
    internal Findings[] ScanAll(ImmutableArray<Part> parts)
    {
        var found = new Findings[parts.Length];
        OpenTable? table = null;
        for (var i = 0; i < parts.Length; i++)
        {
            var isRow = table is not null && parts[i].Kind == PartKind.Text && TextOrders.RoleOf(parts[i].Path) != TextRole.Label;
            found[i] = isRow ? Scan(parts[i].Path, parts[i].Bytes.Span, within: null, table) : Scan(parts[i]);

            // A lone column ends with the first text that is none of its rows: any short line could be one.
            table = found[i].Tables.After ?? (isRow && table is { Separator: '\0' } ? null : table);
        }

        return found;
    }

    /// <summary>
    /// Scans a UTF-8 text, with an empty path in the coverage. Invalid bytes are read as U+FFFD and break any finding around them.
    /// </summary>
    public Findings Scan(ReadOnlyMemory<byte> utf8) => Scan("", utf8.Span, within: null, table: null);

    /// <summary>
    /// Scans a part of which only some bytes matter: persons without a mention in <paramref name="ranges"/> are not collected, so however
    /// many of them there are, they do not saturate the findings. Phrases are found in the whole part.
    /// </summary>
    /// <param name="part">The part; an opaque part is not read.</param>
    /// <param name="ranges">
    /// The bytes that matter: sorted, not overlapping. Without a range, the result is <see cref="Findings.None"/>.
    /// </param>
    public Findings ScanWithin(Part part, ImmutableArray<ByteRange> ranges) => ScanWithin(part, ranges, table: null);

    /// <summary>The same for a part that begins in the rows of a table.</summary>
    internal Findings ScanWithin(Part part, ImmutableArray<ByteRange> ranges, OpenTable? table) =>
        ranges.IsEmpty ? Findings.None
        : part.Kind == PartKind.Text ? Scan(part.Path, part.Bytes.Span, ranges, table)
        : Scan(part);

    /// <summary>
    /// Begins to screen one part of an answer that arrives in pieces. Complete or dispose the screen, or its buffers are not reused.
    /// </summary>
    /// <param name="path">The part's path in the body, for the coverage.</param>
    public StreamScreen BeginScreen(string path) => new(path, this, Rent());

    internal Scanner Rent()
    {
        if (Interlocked.Exchange(ref _firstIdle, null) is { } first)
        {
            return first;
        }

        if (!_idle.TryDequeue(out var scanner))
        {
            return new(_phrases, _maxPersons);
        }

        Interlocked.Decrement(ref _idleCount);
        return scanner;
    }

    internal void Return(Scanner scanner)
    {
        // One that has grown is left to the collector: a register of a hundred thousand is rare, its buffers are megabytes.
        if (scanner.Findings.MentionCount > MaxPooledMentions)
        {
            return;
        }

        scanner.Findings.Clear();
        if (Interlocked.CompareExchange(ref _firstIdle, scanner, null) is null)
        {
            return;
        }

        if (Interlocked.Increment(ref _idleCount) <= MaxIdle)
        {
            _idle.Enqueue(scanner);
        }
        else
        {
            Interlocked.Decrement(ref _idleCount);
        }
    }

    private static Findings NotRead(string path) => new(
        [],
        [],
        Counts.None,
        saturated: false,
        [.. Enum.GetValues<Check>().Select(check => new CoverageEntry(path, check, 0, CoverageResult.NotRead))]);

    private Findings Scan(string path, ReadOnlySpan<byte> utf8, ImmutableArray<ByteRange>? within, OpenTable? table)
    {
        var scanner = Rent();
        if (within is { } ranges)
        {
            scanner.Findings.SeeOnlyWithin(ranges);
        }

        if (table is not null)
        {
            scanner.Layer.Persons.Resume(table, isInLine: false);
        }

        var plain = scanner.Push(utf8, start: 0);
        scanner.Layer.Scan();
        var (openFrom, personsFrom) = (scanner.Layer.OpenFrom, scanner.Layer.PersonsFrom);
        scanner.Layer.Complete();
        var findings = scanner.Findings.Build(path, utf8.Length, plain, openFrom, personsFrom, (table, scanner.Layer.Persons.OpenTable));
        Return(scanner);
        return findings;
    }

    /// <summary>The state of scanning one text; pooled, because its buffers cost more than one short prompt.</summary>
    internal sealed class Scanner
    {
        public Scanner(PhraseAutomaton phrases, int maxPersons)
        {
            Findings = new(phrases, maxPersons);
            Layer = new(phrases, Findings, depth: 0);
        }

        public FindingsCollector Findings { get; }

        public TextLayer Layer { get; }

        /// <summary>Takes the next bytes of the text, the first of which has the offset <paramref name="start"/>.</summary>
        /// <returns>Whether all of them were plain ASCII.</returns>
        public bool Push(ReadOnlySpan<byte> utf8, int start)
        {
            var plain = true;
            for (var offset = 0; offset < utf8.Length;)
            {
                var rest = utf8[offset..];
                var run = rest.IndexOfAnyExcept(Plain);
                run = run < 0 ? rest.Length : run;
                Layer.PushPlain(rest[..run], start + offset);
                offset += run;
                if (run < rest.Length)
                {
                    plain = false;
                    Rune.DecodeFromUtf8(rest[run..], out var rune, out var length);
                    var from = start + offset;
                    Layer.Push(new(EscapeLetters.IsMark(rune.Value) ? 0xFFFD : rune.Value, from, from + length));
                    offset += length;
                }
            }

            return plain;
        }
    }
}
