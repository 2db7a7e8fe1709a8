namespace Holdpoint.Policy.Tests.Evaluation;

public sealed class ExtensionTests
{
    [Theory]
    [InlineData("1.0", 10_000)]
    [InlineData("-0.5", -5_000)]
    [InlineData("-0.0", 0)]
    [InlineData("00000000000000000000000012.3400", 123_400)]
    [InlineData("922337203685477.5807", long.MaxValue)]
    [InlineData("-922337203685477.5808", long.MinValue)]
    public void A_decimal_is_read_exactly(string text, long units)
    {
        Assert.True(DecimalValue.TryParse(text, out var value));
        Assert.Equal(units, value.Units);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1.")]
    [InlineData(".1")]
    [InlineData("-.1")]
    [InlineData("+1.0")]
    [InlineData("1.00000")]
    [InlineData("1.0 ")]
    [InlineData("1,0")]
    [InlineData("１.0")]
    [InlineData("1.-0")]
    [InlineData("922337203685477.5808")]
    [InlineData("-922337203685477.5809")]
    public void What_is_no_decimal_is_refused(string text) => Assert.False(DecimalValue.TryParse(text, out _));

    [Theory]
    [InlineData("1970-01-01", 0)]
    [InlineData("1969-12-31T23:59:59.999Z", -1)]
    [InlineData("2024-02-29T12:00:00+0130", 1_709_202_600_000)]
    [InlineData("2024-02-29T12:00:00.250-0130", 1_709_213_400_250)]
    [InlineData("0000-01-01", -62_167_219_200_000)]
    [InlineData("0000-12-31", -62_135_683_200_000)]
    [InlineData("9999-12-31T23:59:59.999Z", 253_402_300_799_999)]
    public void A_datetime_counts_milliseconds_from_1970(string text, long milliseconds)
    {
        Assert.True(DateTimeValue.TryParse(text, out var value));
        Assert.Equal(milliseconds, value.Milliseconds);
    }

    [Fact]
    public void Every_day_of_the_calendar_that_dotnet_knows_is_read_as_dotnet_reads_it()
    {
        for (var day = DateOnly.MinValue; day < DateOnly.MaxValue.AddDays(-40); day = day.AddDays(37))
        {
            Assert.True(
                DateTimeValue.TryParse(day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), out var value));
            Assert.Equal((day.DayNumber - 719_162) * 86_400_000L, value.Milliseconds);
        }
    }

    [Theory]
    [InlineData("2023-02-29")]
    [InlineData("1900-02-29")]
    [InlineData("2024-13-01")]
    [InlineData("2024-00-01")]
    [InlineData("2024-01-00")]
    [InlineData("2024-1-1")]
    [InlineData("2024-01-01Z")]
    [InlineData("2024-01-01T00:00:00")]
    [InlineData("2024-01-01T24:00:00Z")]
    [InlineData("2024-01-01T00:00:60Z")]
    [InlineData("2024-01-01T00:00:00.1Z")]
    [InlineData("2024-01-01T00:00:00z")]
    [InlineData("2024-01-01T00:00:00+2400")]
    [InlineData("2024-01-01T00:00:00+0060")]
    [InlineData("2024-01-01T00:00:00+01:00")]
    [InlineData("2024-01-01T00:00:00ZZ")]
    [InlineData("")]
    public void What_is_no_datetime_is_refused(string text) => Assert.False(DateTimeValue.TryParse(text, out _));

    [Theory]
    [InlineData("1d2h3m4s5ms", 93_784_005)]
    [InlineData("5ms", 5)]
    [InlineData("5m", 300_000)]
    [InlineData("5m5ms", 300_005)]
    [InlineData("-36h", -129_600_000)]
    [InlineData("-9223372036854775808ms", long.MinValue)]
    [InlineData("106751991167d7h12m55s807ms", long.MaxValue)]
    public void A_duration_counts_milliseconds(string text, long milliseconds)
    {
        Assert.True(DurationValue.TryParse(text, out var value));
        Assert.Equal(milliseconds, value.Milliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("d")]
    [InlineData("1")]
    [InlineData("1h1d")]
    [InlineData("1d1d")]
    [InlineData("1.5d")]
    [InlineData("1 d")]
    [InlineData("1D")]
    [InlineData("+1d")]
    [InlineData("106751991168d")]
    [InlineData("9223372036854775808ms")]
    [InlineData("-1s9223372036854775808ms")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(DurationValue.TryParse(text, out _));

    [Theory]
    [InlineData("ip(\"10.0.0.1/32\") == ip(\"10.0.0.1\") && ip(\"10.0.0.0/24\") != ip(\"10.0.0.1/24\")")]
    [InlineData("ip(\"10.0.0.7\").isInRange(ip(\"10.0.0.1/24\")) && !ip(\"10.0.0.0/23\").isInRange(ip(\"10.0.0.0/24\"))")]
    [InlineData(
        "ip(\"::1\").isInRange(ip(\"::/0\")) && !ip(\"1.2.3.4\").isInRange(ip(\"::/0\")) && ip(\"1.2.3.4\").isInRange(ip(\"0.0.0.0/0\"))")]
    [InlineData("ip(\"127.9.9.9\").isLoopback() && ip(\"127.0.0.1/8\").isLoopback() && !ip(\"127.0.0.1/7\").isLoopback()")]
    [InlineData("ip(\"::1\").isLoopback() && !ip(\"::1/127\").isLoopback() && !ip(\"::ffff:7f00:1\").isLoopback()")]
    [InlineData("ip(\"224.0.0.1/4\").isMulticast() && ip(\"ff02::1\").isMulticast() && !ip(\"ff02::1/7\").isMulticast()")]
    [InlineData("ip(\"::ffff:7f00:1\").isIpv6() && ip(\"1.2.3.4\").isIpv4()")]
    [InlineData("ip(\"1:2:3:4:5:6:7::\") == ip(\"1:2:3:4:5:6:7:0\") && ip(\"ABCD::\") == ip(\"abcd:0::0\")")]
    [InlineData("decimal(\"1.5\").lessThan(decimal(\"2.0\")) && decimal(\"2.0\").greaterThanOrEqual(decimal(\"2.0000\"))")]
    [InlineData("decimal(\"-1.0\").lessThanOrEqual(decimal(\"-1.0\")) && decimal(\"0.1\").greaterThan(decimal(\"-0.1\"))")]
    [InlineData("principal.since < datetime(\"2024-03-01\") && duration(\"25h\") > duration(\"1d\")")]
    [InlineData("datetime(\"1969-12-31T23:59:59Z\").toDate() == datetime(\"1969-12-31\")")]
    [InlineData("datetime(\"1969-12-31T23:59:59Z\").toTime() == duration(\"23h59m59s\")")]
    [InlineData("datetime(\"2024-01-01\").offset(duration(\"-1d\")) == datetime(\"2023-12-31\")")]
    [InlineData("datetime(\"2024-01-02\").durationSince(datetime(\"2024-01-01\")) == duration(\"24h\")")]
    [InlineData("duration(\"-36h\").toDays() == -1 && duration(\"36h\").toHours() == 36 && duration(\"1m\").toSeconds() == 60")]
    [InlineData("duration(\"1d\").toMinutes() + duration(\"1ms\").toMilliseconds() == 1441")]
    public void Extension_values_compute_as_Cedar_does(string expression) => Assert.Equal("true", World.Condition(expression));

    [Theory]
    [InlineData("datetime(\"1970-01-01\").offset(duration(\"-9223372036854775808ms\")).toDate() == datetime(\"1970-01-01\")")]
    [InlineData("datetime(\"1970-01-02\").offset(duration(\"9223372036854775807ms\")) == datetime(\"1970-01-01\")")]
    [InlineData(
        "datetime(\"1969-12-31\").durationSince(datetime(\"1970-01-01\").offset(duration(\"9223372036854775807ms\"))) == duration(\"0s\")")]
    public void A_time_out_of_range_is_an_error(string expression) => Assert.Equal("Overflow", World.Condition(expression));

    [Theory]
    [InlineData("01.0.0.1")]
    [InlineData("1.0.0.256")]
    [InlineData("1.0.0")]
    [InlineData("1.0.0.1.2")]
    [InlineData("1.0.0.1/33")]
    [InlineData("1.0.0.1/")]
    [InlineData("1.0.0.1/08")]
    [InlineData("1.0.0.1/+8")]
    [InlineData("::/129")]
    [InlineData("::ffff:1.2.3.4")]
    [InlineData("1::2::3")]
    [InlineData("1:2:3:4::5:6:7:8")]
    [InlineData("1:2:3:4:5:6:7")]
    [InlineData("1:2:3:4:5:6:7:8:9")]
    [InlineData("12345::")]
    [InlineData(":1")]
    [InlineData("1:")]
    [InlineData(":::")]
    [InlineData("fe80::1%eth0")]
    [InlineData(" ::1")]
    [InlineData("")]
    public void What_is_no_address_is_refused(string text) => Assert.False(IpAddressValue.TryParse(text, out _));

    [Theory]
    [InlineData("ip(\"10.1.2.3/8\")")]
    [InlineData("ip(\"fe80::12:0:7/64\")")]
    [InlineData("decimal(\"-0.0001\")")]
    [InlineData("datetime(\"0000-01-01\")")]
    [InlineData("duration(\"-1d1ms\")")]
    public void An_extension_value_prints_as_an_expression_for_itself(string expression)
    {
        var made = World.Condition($"{expression} == {ValueOf(expression)}");

        Assert.Equal("true", made);
    }

    private static Value ValueOf(string expression)
    {
        var text = expression.Split('"')[1];
        return expression.Split('(')[0] switch
        {
            "ip" => IpAddressValue.TryParse(text, out var ip) ? ip : throw new ArgumentException(text),
            "decimal" => DecimalValue.TryParse(text, out var number) ? number : throw new ArgumentException(text),
            "datetime" => DateTimeValue.TryParse(text, out var instant) ? instant : throw new ArgumentException(text),
            _ => DurationValue.TryParse(text, out var length) ? length : throw new ArgumentException(text),
        };
    }
}
