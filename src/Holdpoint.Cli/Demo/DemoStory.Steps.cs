using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Holdpoint.Cli.Demo;

/// <content>What a step is: a command or a request, typed, done and shown.</content>
internal sealed partial class DemoStory
{
    private async Task CallAsync(
        string rows, (string Name, string Value)[] headers, HttpStatusCode expected, string expectedWord, string act,
        CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(new
        {
            model = "echo",
            messages = new[] { new { role = "user", content = Question + "\n" + rows } },
        });
        await SendAsync(body, headers, expected, expectedWord, act, cancellationToken);
    }

    private async Task<string> SendAsync(
        string body, (string Name, string Value)[] headers, HttpStatusCode expected, string expectedWord, string act,
        CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(stage[act + ".json"], body, cancellationToken);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_gateway!.Address, "v1/chat/completions"))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer " + _analystKey);
        var typed = new StringBuilder(
            "$ curl -s $GATEWAY/v1/chat/completions -H \"Authorization: Bearer $KEY\" -H 'Content-Type: application/json'");
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
            typed.Append(CultureInfo.InvariantCulture, $" \\\n    -H '{name}: {value}'");
        }

        Say($"{typed} \\\n    -d @{act}.json");
        using var response = await _http.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        var verdict = Header(response, "Holdpoint-Verdict");
        var index = Header(response, "Holdpoint-Record");
        await File.WriteAllTextAsync(stage[act + ".index"], index, cancellationToken);
        Say($"HTTP {(int)response.StatusCode}   Holdpoint-Verdict: {verdict}   Holdpoint-Record: {index}\n{Indent(Shorten(answer))}");
        if (response.StatusCode != expected || !(answer + verdict).Contains(expectedWord, StringComparison.Ordinal))
        {
            throw new StoryBrokenException($"expected HTTP {(int)expected} and '{expectedWord}'.");
        }

        return answer;
    }

    private async Task<string> AttestAsync(
        string key, string predicate, string file, CancellationToken cancellationToken, params string[] rest)
    {
        await RunAsync(cancellationToken, ["attest", "--key", key, "--predicate", predicate, .. rest, "--out", file]);
        Say($"$ curl -s $GATEWAY/holdpoint/evidence -H \"Authorization: Bearer $KEY\" -d @{file}");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_gateway!.Address, "holdpoint/evidence"))
        {
            Content = new ByteArrayContent(await File.ReadAllBytesAsync(stage[file], cancellationToken)),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("Authorization", "Bearer " + _analystKey);
        using var response = await _http.SendAsync(request, cancellationToken);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        Say($"HTTP {(int)response.StatusCode}   {answer}");
        return response.StatusCode == HttpStatusCode.Created
            ? JsonNode.Parse(answer)!["id"]!.GetValue<string>()
            : throw new StoryBrokenException("the statement was not accepted.");
    }

    private async Task FetchAsync(string path, string file, CancellationToken cancellationToken)
    {
        Say($"$ curl -s --retry 5 $GATEWAY/{path} -H \"Authorization: Bearer $AUDITOR\" -o {file}");
        for (var attempt = 0; ; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_gateway!.Address, path));
            request.Headers.Add("Authorization", "Bearer " + _auditorKey);
            using var response = await _http.SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                await File.WriteAllBytesAsync(
                    stage[file], await response.Content.ReadAsByteArrayAsync(cancellationToken), cancellationToken);
                return;
            }

            // A receipt waits for the checkpoint that covers it; the answer says how long.
            if (response.StatusCode != HttpStatusCode.ServiceUnavailable || attempt == 5)
            {
                throw new StoryBrokenException($"{path} answered {(int)response.StatusCode}.");
            }

            await Task.Delay(response.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    private async Task<(string Key, string Line)> NewClientAsync(string principal, string rights, CancellationToken cancellationToken)
    {
        var json = await RunAsync(
            cancellationToken, "keygen", "client", "--deployment", "analysts-cloud",
            "--principal", principal, "--rights", rights, "--json");
        var client = JsonNode.Parse(json)!;
        return (client["key"]!.GetValue<string>(), client["config"]!.GetValue<string>());
    }

    private void AddIssuers(params string[] lines)
    {
        var path = stage[Path.Combine("agreement", "agreement.yaml")];
        var text = File.ReadAllText(path);
        const string None = "issuers: []";
        if (!text.Contains(None, StringComparison.Ordinal))
        {
            throw new StoryBrokenException("the shipped agreement already names issuers.");
        }

        File.WriteAllText(path, text.Replace(None, "issuers:\n  " + string.Join("\n  ", lines), StringComparison.Ordinal));
        Say("These lines go under `issuers:` in agreement/agreement.yaml.");
    }

    private async Task<string> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        Typed(arguments, background: false);
        var start = stage.Holdpoint(arguments);
        start.Environment["REVIEWER"] = _reviewerKey;
        using var process = Process.Start(start)!;
        var standardOutput = process.StandardOutput.ReadToEndAsync(cancellationToken);
        var standardError = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        var (said, errors) = (await standardOutput, await standardError);
        Say(Shorten((said + errors).Trim(), 2_800));
        return process.ExitCode == 0 ? said : throw new StoryBrokenException($"that command ended with exit code {process.ExitCode}.");
    }

    private void Typed(IEnumerable<string> arguments, bool background)
    {
        var quoted = arguments.Select(a => a.AsSpan().ContainsAny(ShellSpecial) ? $"'{a}'" : a);
        Say("$ holdpoint " + string.Join(' ', quoted) + (background ? " &" : ""));
    }

    private void Heading(string text) => output.WriteLine($"\n== {text}\n");

    private void Say(string text) => output.WriteLine(text);

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "(none)";

    private static string Title(string clauseFile) =>
        File.ReadLines(clauseFile).Where(l => l.StartsWith("@title(\"", StringComparison.Ordinal)).Select(l => l[8..^2]).FirstOrDefault("");

    private static string Indent(string text) => "    " + text.TrimEnd().Replace("\n", "\n    ", StringComparison.Ordinal);

    private static string Shorten(string text, int chars = 900) => text.Length <= chars ? text : text[..chars] + " ...";
}
