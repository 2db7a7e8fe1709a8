// Reads streams as the official clients do, and says which strings their events have.
// In: [{"api": "openai" | "anthropic", "stream": "…"}]; out: for each, the strings of all events, until the client gives up.
import { Stream as OpenAiStream } from "openai/core/streaming";
import { Stream as AnthropicStream } from "@anthropic-ai/sdk/core/streaming";

const strings = (value, into) => {
  if (typeof value === "string") into.push(value);
  else if (value && typeof value === "object") {
    for (const [name, inner] of Object.entries(value)) {
      into.push(name);
      strings(inner, into);
    }
  }
  return into;
};

let input = "";
for await (const chunk of process.stdin) input += chunk;
console.error = () => {};
const results = [];
for (const { api, stream } of JSON.parse(input)) {
  const said = [];
  try {
    const type = api === "openai" ? OpenAiStream : AnthropicStream;
    for await (const event of type.fromSSEResponse(new Response(stream), new AbortController())) strings(event, said);
  } catch (error) {
    said.push(String(error.message));
  }
  results.push(said);
}
process.stdout.write(JSON.stringify(results));
