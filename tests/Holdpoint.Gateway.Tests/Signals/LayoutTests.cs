using Holdpoint.Signals;

namespace Holdpoint.Gateway.Tests.Signals;

/// <summary>Layouts of people beyond JSON and tables of text; and what looks like them and holds nobody.</summary>
public sealed class LayoutTests
{
    private static readonly string[] Names =
    [
        "Ann Lee", "Bo Kay", "Cy Doe", "Di Fox", "Ed Poe", "Flo Day", "Gus Ray", "Hal Orr", "Ida Moss", "Jon Hill", "Kim Park", "Lou Reed",
    ];

    [Theory]
    [InlineData("<person><name>{0}</name></person>\n")]
    [InlineData("<name>{0}</name>")]
    [InlineData("<p:person><p:name xml:lang=\"en\">{0}</p:name><p:age>{1}</p:age></p:person>\n")]
    [InlineData("<person>\n  <name>{0}</name>\n  <city>Oslo</city>\n</person>\n")]
    [InlineData("<customer_name>{0}</customer_name>\n")]
    [InlineData("<person name=\"{0}\" age=\"{1}\"/>\n")]
    [InlineData("BEGIN:VCARD\nVERSION:4.0\nFN:{0}\nEND:VCARD\n")]
    [InlineData("BEGIN:VCARD\r\nFN;CHARSET=UTF-8:{0}\r\nEND:VCARD\r\n")]
    [InlineData("dn: uid={1},dc=example\ncn: {0}\n\n")]
    [InlineData("[person{1}]\nname = {0}\ncity = Oslo\n\n")]
    [InlineData("[[people]]\nname = \"{0}\"\ncity = 'Oslo'\n\n")]
    [InlineData("id={1} name=\"{0}\" city=Oslo\n")]
    public void Twelve_people_are_twelve(string row) =>
        Assert.Equal(12, Scan.Persons(string.Concat(Names.Select((name, i) => row.Replace("{0}", name).Replace("{1}", $"{40 + i}")))));

    [Theory]
    [InlineData("<table><tr><th>Name</th><th>City</th></tr>", "<tr><td>{0}</td><td>Oslo</td></tr>")]
    [InlineData("<table>\n<tr>\n<th>No.</th>\n<th><b>Full name</b></th>\n</tr>\n", "<tr>\n<td>{1}</td>\n<td class=\"a\">{0}</td>\n</tr>\n")]
    [InlineData("<TABLE><TR><TD>City<TD>Name", "<TR><TD>Oslo<TD>{0}")]
    public void Rows_of_a_table_in_html_are_people(string header, string row) => Assert.Equal(
        12, Scan.Persons(header + string.Concat(Names.Select((name, i) => row.Replace("{0}", name).Replace("{1}", $"{40 + i}")))));

    [Theory]
    [InlineData("INSERT INTO people (id, name, city) VALUES\n", "({1}, '{0}', 'Oslo'),\n")]
    [InlineData("insert into `crm`.`people` (`name`, `note`) values ", "('{0}', 'a, b (c)'), ")]
    [InlineData("", "INSERT INTO people(city,name) VALUES('Oslo','{0}');\n")]
    [InlineData("INSERT IGNORE INTO x (a) VALUES (1); INSERT INTO p (\"first_name\", age) VALUES ", "('{0}', {1}), ")]
    public void Rows_that_sql_inserts_are_people(string header, string row) => Assert.Equal(
        12, Scan.Persons(header + string.Concat(Names.Select((name, i) => row.Replace("{0}", name).Replace("{1}", $"{40 + i}")))));

    [Fact]
    public void Elements_for_parts_of_a_name_are_one_name() => Assert.Equal(
        12,
        Scan.Persons(string.Concat(Names.Select(static n =>
            $"<person><firstName>{n.Split(' ')[0]}</firstName><lastName>{n.Split(' ')[1]}</lastName></person>\n"))));

    [Theory]
    [InlineData("<project>\n<name>Apache Commons Lang</name>\n<license><name>Apache License, Version 2.0</name></license>")]
    [InlineData("<dependency>\n<name>serde</name>\n</dependency>\n<dependency><name>tokio-util</name></dependency><x><name>log</name></x>")]
    [InlineData("[[package]]\nname = \"serde\"\n\n[[package]]\nname = \"tokio\"\n\n[[package]]\nname = \"log\"\n")]
    [InlineData("first = last\nlast = current\nname = value\nfirst = Other\nlast = Value\nfirst = This\n")]
    [InlineData("public string FirstName { get; set; } = \"\";\nfirstName = FirstName;\nlastName = LastName;\n")]
    [InlineData("<input type=\"text\" name=\"first_name\"><input name=\"email\"><input name=\"last_name\"><meta name=\"viewport\">")]
    [InlineData("if (a < name && name > b) { name = a; } List<Name> names = new List<Name>();")]
    [InlineData("<ul><li>Home</li><li>About Us</li><li>Contact Us</li><li>Privacy Policy</li><li>Next Steps</li></ul>")]
    [InlineData("level=info name=worker msg=\"All Jobs Done\"\nlevel=info name=web msg=\"All Jobs Done\"\nname=db-1 msg=x\n")]
    [InlineData("INSERT INTO products (name, price) VALUES ('widget', 3), ('gadget', 4), ('gizmo', 5), ('thing-2', 6);")]
    [InlineData("SELECT name FROM t WHERE f(name, 'Ann Lee', 'Bo Kay', 'Cy Doe'); call(name, (Ann Lee), (Bo Kay), (Cy Doe))")]
    [InlineData("fn: 12\ncn: host.example\nFN: int main()\n")]
    public void What_only_looks_like_it_is_nobody(string text) => Assert.Equal(0, Scan.Persons(text));

    [Theory]
    [InlineData("ann [at] example.org")]
    [InlineData("ann[at]example.org")]
    [InlineData("ann (at) example.org, please")]
    [InlineData("<ann(AT)mail.example.org>")]
    [InlineData("ann [ at ] example.org")]
    [InlineData("ann [@] example.org")]
    [InlineData("write to ann @ example.org.")]
    [InlineData("ann @ example.de")]
    public void An_address_with_a_written_at_is_the_address(string text)
    {
        var person = Assert.Single(Scan.Text(text).Persons);

        var plain = text.Contains("mail", StringComparison.Ordinal) ? "ann@mail.example.org"
            : text.Contains(".de", StringComparison.Ordinal) ? "ann@example.de"
            : "ann@example.org";
        Assert.Equal(Identifier.Of(IdentifierKind.Email, plain), Assert.Single(person.Identifiers));
    }

    [Theory]
    [InlineData("y = x @ w.T + q @ k.mT; z = a @ b.to(device); h = x @ self.weight")]
    [InlineData("rows[at].name and table(at).cell; look (at) this.one")]
    [InlineData("dinner @ 8.30pm, @bob @alice.smith; x @property.setter")]
    [InlineData("meet (at) noon. Com")]
    public void Other_at_signs_are_nobody(string text) => Assert.Equal(0, Scan.Persons(text));

    [Theory]
    [InlineData("460/89/9847", nameof(IdentifierKind.SocialSecurityNumber))]
    [InlineData("SSN 460_89_9847.", nameof(IdentifierKind.SocialSecurityNumber))]
    [InlineData("at 40\u00B042'46\"N 74\u00B000'21\"W now", nameof(IdentifierKind.Coordinates))]
    [InlineData("N 40\u00B0 42\u2032 46.5\u2033, W 74\u00B0 0\u2032 21\u2033", nameof(IdentifierKind.Coordinates))]
    [InlineData("40\u00B042.767'N, 074\u00B000.35'W", nameof(IdentifierKind.Coordinates))]
    [InlineData("\u4E00\u4E09\u516B\u3007\u3007\u4E00\u4E09\u516B\u3007\u96F6\u96F6", nameof(IdentifierKind.Phone))]
    [InlineData("\u4E00\u4E09\u516B-\u3007\u3007\u4E00\u4E09 \u516B\u3007\u3007\u3007.", nameof(IdentifierKind.Phone))]
    public void Other_signs_between_or_for_digits_hide_no_identifier(string text, string kind)
    {
        var person = Assert.Single(Scan.Text(text).Persons);

        Assert.Equal(kind, Assert.Single(person.Identifiers).Kind.ToString());
    }

    [Theory]
    [InlineData("https://example.org/460/89/9847/a and /460/89/9847 and v460/89/9847")]
    [InlineData("IMG_460_89_9847.jpg 123_456_7890 1_000_000 905_674_3793 4111111111111111_x 0171_555_0123")]
    [InlineData("it is 21\u00B0C in June, an angle of 40\u00B0 42' and 45\u00B030'15\" of arc")]
    [InlineData("40\u00B042'N 74\u00B000'W is near")]
    [InlineData("\u4E00\u4E8C\u4E09\u56DB\u4E94\u516D\u4E03\u516B\u4E5D\u3007\u4E00 \u4E8C\u3007\u4E8C\u56DB\u5E74\u4E00\u6708")]
    public void Other_digits_are_nobody(string text) => Assert.Equal(0, Scan.Persons(text));

    [Fact]
    public void Every_layout_is_the_same_streamed()
    {
        var text = "insert into p (name, x) values " + string.Concat(Names.Select(static n =>
            $"('{n}w', 1), <name>{n}</name>\n<tr><td>Name</td></tr><tr><td>{n}x</td></tr>\n"
            + $"FN:{n}y\nname = \"{n}z\"\n{n[..2]} [at] example.org\n{n[4..]} @ example.org\n"
            + $"46{n[0] % 10}/89/9847 46{n[1] % 10}_89_9848 4{n[0] % 10}\u00B042'46\"N 74\u00B000'21\"W "
            + "\u4E00\u4E09\u516B\u3007\u3007\u4E00\u4E09\u516B\u3007\u96F6\u96F6\n"));
        var whole = Scan.Describe(Scan.Text(text));

        for (var size = 1; size < 40; size += 3)
        {
            Assert.Equal(whole, Scan.Describe(Scan.Stream(Scan.Plain, text.Chunk(size).Select(static c => new string(c)))));
        }
    }
}
