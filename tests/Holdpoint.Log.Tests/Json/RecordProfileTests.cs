using System.Text;
using Holdpoint.Log.Json;
using Holdpoint.Testing;

namespace Holdpoint.Log.Tests.Json;

public sealed class RecordProfileTests
{
    private static string? FaultOf(string record) => RecordProfile.FaultOf(Encoding.UTF8.GetBytes(record));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"gateway":"g","n":[9007199254740991,-9007199254740991,0],"seq":1}""")]
    public void Canonical_objects_of_integers_are_records(string record) => Assert.Null(FaultOf(record));

    [Theory]
    [InlineData("[]", "object")]
    [InlineData("", "object")]
    [InlineData("""{"b":1,"a":2}""", "RFC 8785")]
    [InlineData("""{"a": 1}""", "RFC 8785")]
    [InlineData("{}\n", "RFC 8785")]
    [InlineData("""{"a":1.5}""", "integer")]
    [InlineData("""{"a":1.0}""", "integer")]
    [InlineData("""{"a":1e1}""", "integer")]
    [InlineData("""{"a":-0}""", "integer")]
    [InlineData("""{"a":9007199254740992}""", "integer")]
    [InlineData("""{"a":-9007199254740992}""", "integer")]
    [InlineData("""{"a":99999999999999999999}""", "integer")]
    [InlineData("""{"a":1,"a":1}""", "same name")]
    [InlineData("{", "not JSON")]
    public void Others_are_not_and_the_message_says_why(string record, string why) =>
        Assert.Contains(why, FaultOf(record), StringComparison.Ordinal);

    [Fact]
    public void The_size_ends_at_the_limit()
    {
        string Record(int size) => "{\"a\":\"" + new string('x', size - 8) + "\"}";

        Assert.Null(FaultOf(Record(RecordProfile.MaxBytes)));
        Assert.Contains("larger", FaultOf(Record(RecordProfile.MaxBytes + 1)), StringComparison.Ordinal);
        Assert.True(RecordProfile.TryCanonicalize(Encoding.UTF8.GetBytes(" " + Record(RecordProfile.MaxBytes)), out _, out _));
        Assert.False(RecordProfile.TryCanonicalize(Encoding.UTF8.GetBytes(Record(RecordProfile.MaxBytes + 1)), out _, out _));
    }

    [Fact]
    public void Making_a_record_puts_it_in_form()
    {
        Assert.True(RecordProfile.TryCanonicalize("""{ "b" : 1, "a" : "\u0041" }"""u8, out var record, out _));
        Assert.Equal("""{"a":"A","b":1}"""u8, record);
        Assert.False(RecordProfile.TryCanonicalize("""{"a":0.5}"""u8, out _, out var fault));
        Assert.Contains("integer", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Checking_a_record_allocates_nothing()
    {
        var record = """{"a":{"b":"c","d":[1,2,3]},"gateway":"g","prev":"x","seq":12}"""u8.ToArray();
        Assert.Null(RecordProfile.FaultOf(record));

        Assert.Equal(0, Allocations.Of(() => RecordProfile.FaultOf(record), times: 100));
    }
}
