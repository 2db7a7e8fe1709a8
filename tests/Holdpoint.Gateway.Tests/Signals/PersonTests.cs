using Holdpoint.Signals;

namespace Holdpoint.Gateway.Tests.Signals;

public sealed class PersonTests
{
    [Theory]
    [InlineData("Write to jane.doe+x@mail.example.org today.", nameof(IdentifierKind.Email))]
    [InlineData("<JANE@EXAMPLE.ORG>", nameof(IdentifierKind.Email))]
    [InlineData("mailto:jane@xn--bcher-kva.example", nameof(IdentifierKind.Email))]
    [InlineData("+46 (0)8 928 571 38", nameof(IdentifierKind.Phone))]
    [InlineData("+1-984-182-0190", nameof(IdentifierKind.Phone))]
    [InlineData("(905) 674-3793", nameof(IdentifierKind.Phone))]
    [InlineData("905.674.3793", nameof(IdentifierKind.Phone))]
    [InlineData("call 905-674-3793x221", nameof(IdentifierKind.Phone))]
    [InlineData("1 905 674 3793", nameof(IdentifierKind.Phone))]
    [InlineData("0041 96 471 07 95", nameof(IdentifierKind.Phone))]
    [InlineData("07700 063 966", nameof(IdentifierKind.Phone))]
    [InlineData("03.93.92.16.85", nameof(IdentifierKind.Phone))]
    [InlineData("my phone is 467 3395", nameof(IdentifierKind.Phone))]
    [InlineData("{\"phone\": 9498777106}", nameof(IdentifierKind.Phone))]
    [InlineData("SSN 460-89-9847.", nameof(IdentifierKind.SocialSecurityNumber))]
    [InlineData("460 89 9847", nameof(IdentifierKind.SocialSecurityNumber))]
    [InlineData("{\"ssn\":\"460899847\"}", nameof(IdentifierKind.SocialSecurityNumber))]
    [InlineData("490154203237518", nameof(IdentifierKind.Imei))]
    [InlineData("49-015420-323751-8", nameof(IdentifierKind.Imei))]
    [InlineData("IMSI: 310150123456789", nameof(IdentifierKind.Imsi))]
    [InlineData("imsi\n310150123456789", nameof(IdentifierKind.Imsi))]
    [InlineData("4111 1111 1111 1111", nameof(IdentifierKind.PaymentCard))]
    [InlineData("378282246310005", nameof(IdentifierKind.PaymentCard))]
    [InlineData("GB29 NWBK 6016 1331 9268 19", nameof(IdentifierKind.Iban))]
    [InlineData("iban gb29nwbk60161331926819.", nameof(IdentifierKind.Iban))]
    [InlineData("Passport No: C01X00T47", nameof(IdentifierKind.Passport))]
    [InlineData("at 40.7128, -74.0060 now", nameof(IdentifierKind.Coordinates))]
    [InlineData("{\"lat\": 40.71, \"acc\": 5, \"lon\": -74.01}", nameof(IdentifierKind.Coordinates))]
    [InlineData("40.7128\u00B0 N, 74.0060\u00B0 W", nameof(IdentifierKind.Coordinates))]
    [InlineData("{\"type\":\"Point\",\"coordinates\":[\n  -74.0060,\n  40.7128\n]}", nameof(IdentifierKind.Coordinates))]
    [InlineData("{\"name\": \"Jane Doe\"}", nameof(IdentifierKind.Name))]
    [InlineData("{'first_name': 'Jane', 'surname': 'Doe'}", nameof(IdentifierKind.Name))]
    [InlineData("{\"names\": [\"Jane Doe\"]}", nameof(IdentifierKind.Name))]
    [InlineData("Name: Jane Doe", nameof(IdentifierKind.Name))]
    [InlineData("id,Full Name,city\n7,Jane Doe,Bonn", nameof(IdentifierKind.Name))]
    [InlineData("Name\nJane Doe", nameof(IdentifierKind.Name))]
    public void A_well_formed_identifier_is_a_person(string text, string kind)
    {
        var person = Assert.Single(Scan.Text(text).Persons);

        Assert.Equal(kind, Assert.Single(person.Identifiers).Kind.ToString());
    }

    [Theory]
    [InlineData("jane@localhost and @handle and a@b.c")]
    [InlineData("Ports 8080, 5432 and 65535; 12345678 rows; build 20240131.4")]
    [InlineData("On 05-12-2020 at 11:34 and 2021-03-04 10:20:30, from 192.168.10.20")]
    [InlineData("Unix time 1700000000 or 1700000000123, version 10.0.401, RFC 9110")]
    [InlineData("000-12-3456 666-12-3456 900-12-3456 123-00-4567 123-45-0000")]
    [InlineData("490154203237517 and 4111 1111 1111 1112 and GB28 NWBK 6016 1331 9268 19")]
    [InlineData("310150123456789")]
    [InlineData("weights 0.1234, 0.5678 and sums 12.5, 13.75")]
    [InlineData("latency grew from 12.3456 to 45.6789 ms")]
    [InlineData("{\"name\": \"get_weather_v2\", \"filename\": \"a.txt\"}")]
    [InlineData("What's your name? My name is a secret, she said: none.")]
    [InlineData("item,price,quantity\nbread,2,30\n")]
    [InlineData("3rd, 10am, 5km, A4, x86, 1st of 2")]
    [InlineData("a sha256 e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void What_is_none_is_not_counted(string text) =>
        Assert.Equal("", string.Join(' ', Scan.Text(text).Persons.SelectMany(static p => p.Identifiers).Select(static i => i.Kind)));

    [Fact]
    public void A_hundred_addresses_on_one_line_are_a_hundred_persons() =>
        Assert.Equal(100, Scan.Persons(string.Join(' ', Enumerable.Range(0, 100).Select(static i => $"p{i}@example.org"))));

    [Theory]
    [InlineData(" ")]
    [InlineData(", ")]
    [InlineData("; ")]
    [InlineData("|")]
    [InlineData("\n")]
    [InlineData("\t")]
    public void A_list_of_numbers_counts_each_of_them(string separator)
    {
        Assert.Equal(50, Scan.Persons(string.Join(separator, Enumerable.Range(0, 50).Select(static i => $"905-674-{i + 1000}"))));
        Assert.Equal(50, Scan.Persons(string.Join(separator, Enumerable.Range(0, 50).Select(static i => $"+4477009{i + 10000}"))));
        Assert.Equal(50, Scan.Persons(string.Join(separator, Enumerable.Range(0, 50).Select(static i => $"460-89-{i + 1000}"))));
        Assert.Equal(50, Scan.Persons(string.Join(separator, Enumerable.Range(0, 50).Select(static i => $"0171 555 {i + 1000}"))));
    }

    [Fact]
    public void Identifiers_of_different_kinds_in_one_row_are_one_person()
    {
        var rows = string.Join('\n', Enumerable.Range(0, 20).Select(static i => $"p{i}@example.org,905-674-{i + 1000},460-89-{i + 1000}"));

        var findings = Scan.Text(rows);

        Assert.Equal(20, findings.PersonCount);
        Assert.Equal(20, findings.RecordCount);
        Assert.All(findings.Persons, static p => Assert.Equal(3, p.Identifiers.Length));
    }

    [Fact]
    public void The_same_identifier_again_is_the_same_person() =>
        Assert.Equal(1, Scan.Persons("jane@example.org, 905-674-3793\nJANE@example.org\n+1 (905) 674-3793"));

    [Fact]
    public void An_identifier_twice_in_a_row_is_not_the_next_person_of_the_row()
    {
        var findings = Scan.Text("ann@example.org ann@example.org bo@example.org 905-674-3793 905-674-3794");

        Assert.Equal(2, findings.PersonCount);
        Assert.Equal(2, findings.RecordCount);
    }

    [Fact]
    public void Other_identifiers_beside_them_do_not_make_persons_fewer()
    {
        var addresses = Enumerable.Range(0, 40).Select(static i => $"p{i}@example.org").ToArray();

        Assert.Equal(40, Scan.Persons(string.Join('\n', addresses.Select(static a => a + " 905-674-3793"))));
        Assert.Equal(40, Scan.Persons(string.Join(' ', addresses) + " 905-674-3793 460-89-9847"));
        Assert.Equal(40, Scan.Persons("{" + string.Join('\n', addresses.Select(static a => "name: Jane Doe, " + a))));
    }

    [Fact]
    public void Two_people_of_the_same_name_are_two() =>
        Assert.Equal(2, Scan.Persons("""[{"name":"Jane Doe","email":"a@example.org"},{"name":"Jane Doe","email":"b@example.org"}]"""));

    [Fact]
    public void An_object_in_an_object_is_the_same_record_and_one_in_a_list_its_own()
    {
        Assert.Equal(1, Scan.Persons("""{"name":"Jane Doe","contact":{"email":"a@example.org","phones":{"home":"905-674-3793"}}}"""));
        Assert.Equal(3, Scan.Persons("""{"name":"Jane Doe","friends":[{"name":"Ann Lee"},{"name":"Bo Kay"}],"email":"a@example.org"}"""));
        Assert.Equal(
            2, Scan.Persons(
                "{\"a\":{\"name\":\"Ann Lee\",\"email\":\"a@example.org\"},\"b\":{\"name\":\"Bo Kay\",\"email\":\"b@example.org\"}}"));
    }

    [Fact]
    public void Json_lines_pretty_json_and_json_inside_json_read_alike()
    {
        const string lines = "{\"first_name\":\"Ann\",\"last_name\":\"Lee\",\"email\":\"a@example.org\"}\n"
            + "{\"first_name\":\"Bo\",\"last_name\":\"Kay\",\"email\":\"b@example.org\"}\n";

        Assert.Equal(2, Scan.Persons(lines));
        Assert.Equal(2, Scan.Persons("[" + lines.ReplaceLineEndings(",").Replace(",", ",\n  ", StringComparison.Ordinal) + "]"));
        Assert.Equal(2, Scan.Persons(System.Text.Json.JsonSerializer.Serialize(new { content = lines })));
        Assert.Equal(2, Scan.Persons(System.Text.Json.JsonSerializer.Serialize(
            new { content = System.Text.Json.JsonSerializer.Serialize(new { content = lines }) })));
    }

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    [InlineData(" | ")]
    public void Rows_under_a_header_are_persons_by_their_names(string separator)
    {
        var table = string
            .Join('\n', new[] { "id;First Name;Last Name;City", "1;Ann;Lee;Bonn", "2;Bo;Kay;Rome", "3;Ann;Kay;Oslo", "4;Bo;Lee;Bern" })
            .Replace(";", separator, StringComparison.Ordinal);

        Assert.Equal(4, Scan.Text(table).PersonCount);
        Assert.Equal(4, Scan.Text(table.ReplaceLineEndings("\r\n")).PersonCount);
        Assert.Equal(4, Scan.Stream(Scan.Plain, [table.ReplaceLineEndings("\r\n")]).PersonCount);
        Assert.Equal(4, Scan.Text(table).RecordCount);
    }

    [Fact]
    public void A_markdown_table_and_quoted_csv_are_tables()
    {
        Assert.Equal(2, Scan.Persons("| Name | City |\n|------|------|\n| Ann Lee | Bonn |\n| Bo Kay | Rome |\n"));
        Assert.Equal(2, Scan.Persons("\"id\",\"name\"\n\"1\",\"Lee, Ann\"\n\"2\",\"Kay, Bo\"\n"));
        Assert.Equal(2, Scan.Persons("id,name\n\"1,Ann Lee\n2,Bo Kay\n"));
    }

    [Fact]
    public void A_form_of_several_lines_is_one_record() =>
        Assert.Equal(2, Scan.Persons("Name: Ann Lee\nE-mail: a@example.org\nPhone: 905-674-3793\n\nName: Bo Kay\nE-mail: b@example.org\n"));

    [Fact]
    public void Coordinates_are_locations_too()
    {
        var findings = Scan.Text("40.7128,-74.0060\n48.8584,2.2945\n40.7128,-74.0060\n");

        Assert.Equal(2, findings.LocationCount);
        Assert.Equal(2, findings.PersonCount);
    }

    [Fact]
    public void A_name_field_too_long_to_be_read_still_counts() =>
        Assert.Equal(1, Scan.Persons("{\"name\": \"Ann Lee" + new string(' ', 400) + "\"}"));

    [Fact]
    public void Ranges_name_the_raw_bytes()
    {
        const string text = "Grüße an ann@example.org — oder 905-674-3793!";
        var bytes = System.Text.Encoding.UTF8.GetBytes(text);

        var ranges = Assert.Single(Scan.Text(text).Persons).Ranges;

        Assert.Equal(
            ["ann@example.org", "905-674-3793"],
            ranges.Select(r => System.Text.Encoding.UTF8.GetString(bytes.AsSpan(r.Start, r.End - r.Start))));
    }

    [Theory]
    [InlineData("lat=40.7128, lon=-74.0060", 1)]
    [InlineData("phone=905-674-3793&x=20", 1)]
    [InlineData("mail=ann@example.org a=b2", 1)]
    [InlineData("=61=6E=6E=40=65=78=61=6D=70=6C=65=2E=6F=72=67", 1)]
    [InlineData("ann=40example.org", 1)]
    [InlineData("width=40px; height=20", 0)]
    [InlineData("C:\\2024\\report 20°C 口の", 0)]
    [InlineData("&#97;nn&commat;ex&aopf;mple.org", 1)]
    [InlineData("ann\\100example.org", 1)]
    public void What_looks_like_an_escape_is_undone_only_where_it_is_one(string text, int persons) =>
        Assert.Equal(persons, Scan.Persons(text));
}
