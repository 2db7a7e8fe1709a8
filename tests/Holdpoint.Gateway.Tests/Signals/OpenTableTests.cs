using System.Collections.Immutable;
using System.Text;
using Holdpoint.Signals;
using Holdpoint.Wire;

namespace Holdpoint.Gateway.Tests.Signals;

/// <summary>Tables whose rows are interrupted: by empty lines, or by the end of a text.</summary>
public sealed class OpenTableTests
{
    private static readonly string[] Names =
    [
        "Ann Lee", "Bo Kay", "Cy Doe", "Di Fox", "Ed Poe", "Flo Day", "Gus Ray", "Hal Orr", "Ida Moss", "Jon Hill", "Kim Park", "Lou Reed",
    ];

    public static TheoryData<string, string> Tables => new()
    {
        { "name,city", "{0},Oslo" },
        { "id,name,city", "{1},{0},Oslo" },
        { "city;name", "Oslo;{0}" },
        { "name\tcity", "{0}\tOslo" },
        { "id, name, city", "{1}, {0}, Oslo" },
        { "name|age", "{0}|{1}" },
        { "| name | age |", "| {0} | {1} |" },
        { "first name,last name,city", "{0},{0},Oslo" },
        { "\"name\",\"city\"", "\"{0}\",\"Oslo, Norway\"" },
        { "name", "{0}" },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Empty_lines_between_rows_hide_nobody(string header, string row)
    {
        var rows = Rows(row);

        Assert.Equal(12, Scan.Persons(header + "\n" + string.Join("\n\n", rows)));
        Assert.Equal(12, Scan.Persons(header + "\r\n" + string.Join("\r\n\r\n\r\n", rows) + "\r\n"));
        if (!header.Contains('|', StringComparison.Ordinal))
        {
            Assert.Equal(12, Scan.Persons(header + "\n\n" + string.Join("\n\n", rows)));
            Assert.Equal(12, Scan.Persons(header + "\n" + string.Join('\n', rows[..7]) + "\n\n" + string.Join('\n', rows[7..])));
        }
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_header_may_be_a_text_of_its_own_and_each_row_too(string header, string row)
    {
        var rows = Rows(row);
        if (header.Contains('|', StringComparison.Ordinal))
        {
            return; // rows of Markdown are told from another table's by their numbers, of which a header has none
        }

        Assert.Equal(12, Persons([header, string.Join('\n', rows)]));
        Assert.Equal(12, Persons([header, .. rows]));
        Assert.Equal(12, Persons([header + "\n" + string.Join('\n', rows[..5]), string.Join('\n', rows[5..])]));
        Assert.Equal(12, Persons(["Here:\n\n" + header + "\n", .. rows.Chunk(4).Select(static three => string.Join('\n', three) + "\n")]));
    }

    [Fact]
    public void A_label_or_an_introduction_between_them_parts_nothing()
    {
        Part[] parts =
        [
            At("/messages/0/content", "name,city"),
            At("/messages/1/tool_call_id", "call_1"),
            At("/messages/1/content", "Here they are:\n" + string.Join('\n', Rows("{0},Oslo"))),
        ];

        Assert.Equal(12, Findings.Merge(Scan.Plain.ScanAll([.. parts])).PersonCount);
    }

    [Theory]
    [InlineData("name,age\nAnn Lee,3", "Thanks, that helps. Now sort them.", 1)]
    [InlineData("name,age\nAnn Lee,3", "import os,sys", 1)]
    [InlineData("name,age\nAnn Lee,3", "def f(a,b):\n    return a,b", 1)]
    [InlineData("name,age\nAnn Lee,3", "{\"a\":1,\"b\":2}", 1)]
    [InlineData("name, age\nAnn Lee, 3", "Yes, please", 1)]
    [InlineData("name, age, city\nAnn Lee, 3, Oslo", "Yes, of course, thanks.", 1)]
    [InlineData("Name", "Ann Lee", 0)]
    [InlineData("name\nAnn Lee\nBo Kay", "Please summarise the list", 2)]
    [InlineData("name\nAnn Lee\nBo Kay", "Good Morning", 2)]
    [InlineData("What is your name?", "Quarterly Business Review\n\nNext Steps\n\nAction Items\n\nOpen Questions", 0)]
    public void Ordinary_text_behind_a_table_is_nobody(string table, string next, int persons)
    {
        Assert.Equal(persons, Persons([table, next]));
        Assert.Equal(persons, Scan.Persons(table + "\n\n" + next));
    }

    [Theory]
    [InlineData("name,email\nAnn,ann@example.org\n\nProduct,Price\nApple,3\nPear,4", 1)]
    [InlineData("| Name | Age |\n|---|---|\n| Ann | 3 |\n\n| Product | Colour |\n|---|---|\n| Apple | green |\n| Pear | red |", 1)]
    [InlineData("Name\nEmail\nMessage\n\nContact Us\n\nAbout Us\n\nPrivacy Policy\n\nTerms Of Use", 2)]
    public void Another_table_or_page_is_nobody(string text, int persons) => Assert.Equal(persons, Scan.Persons(text));

    [Fact]
    public void Interrupted_tables_are_the_same_streamed()
    {
        var text = "name,city\n" + string.Join("\n\n", Rows("{0},Oslo")) + "\n\nThanks, bye.\n\n"
            + "name\n\n" + string.Join("\n\n", Rows("{0}"));
        var whole = Scan.Describe(Scan.Text(text));

        for (var size = 1; size < 40; size += 3)
        {
            Assert.Equal(whole, Scan.Describe(Scan.Stream(Scan.Plain, text.Chunk(size).Select(static c => new string(c)))));
        }
    }

    private static string[] Rows(string row) => [.. Names.Select((name, i) => row.Replace("{0}", name).Replace("{1}", $"{40 + i}"))];

    private static long Persons(string[] texts)
    {
        ImmutableArray<Part> parts = [.. texts.Select(static text => At("/t/content", text))];
        var found = Scan.Plain.ScanAll(parts);
        return Findings.Merge([.. found, Seams.Scan(Scan.Plain, parts, found)]).PersonCount;
    }

    private static Part At(string path, string text) => new(path, PartKind.Text, Encoding.UTF8.GetBytes(text));
}
