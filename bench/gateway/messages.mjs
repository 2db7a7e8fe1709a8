// What the bench sends and expects, and the gateway's configuration: answer | request | config FOLDER UPSTREAM;
// and one field of the JSON on standard input: field NAME.
import fs from 'node:fs';
import path from 'node:path';

const text = (bytes) => 'The committee met on Tuesday and agreed on the plan for the next quarter. '.repeat(40).slice(0, bytes);

export const answer = JSON.stringify({
  id: 'chatcmpl-bench', object: 'chat.completion', created: 1700000000, model: "gpt-bench",
  choices: [{ index: 0, message: { role: 'assistant', content: text(270), refusal: null }, logprobs: null, finish_reason: 'stop' }],
  usage: { prompt_tokens: 200, completion_tokens: 60, total_tokens: 260 },
});

const request = JSON.stringify({
  model: "gpt-bench",
  messages: [{ role: 'system', content: 'Answer briefly.' }, { role: 'user', content: text(890) }],
  temperature: 0.2,
});

function config(folder, upstream) {
  const client = JSON.parse(fs.readFileSync(path.join(folder, 'client.json')));
  return `listen: 127.0.0.1:0
store: sqlite:holdpoint.db
agreement: agreement
log: { origin: example.org/bench, key_file: log.key }
upstreams:
  - { name: openai, kind: openai, url: "${upstream}", key_env: BENCH_UPSTREAM_KEY, models: ["gpt-*"] }
clients:
  ${client.config}
`;
}

const [command, ...args] = process.argv[1]?.endsWith('messages.mjs') ? process.argv.slice(2) : [];
switch (command) {
  case 'answer': process.stdout.write(answer); break;
  case 'request': process.stdout.write(request); break;
  case 'config': process.stdout.write(config(...args)); break;
  case 'field': process.stdout.write(JSON.parse(fs.readFileSync(0, 'utf8'))[args[0]]); break;
}
