// What the bench sends and expects, and how it reads and sums up what wrk prints.
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

function milliseconds(value) {
  const [, number, unit] = /^([\d.]+)(us|ms|s)$/.exec(value);
  return Number(number) * { us: 0.001, ms: 1, s: 1000 }[unit];
}

function readWrk(label, output) {
  const errors = /Non-2xx or 3xx responses: (\d+)/.exec(output)?.[1] ?? /Socket errors: (.*)/.exec(output)?.[1];
  if (errors) throw new Error(`${label}: wrk reports errors: ${errors}`);
  const percentile = (p) => milliseconds(new RegExp(`^\\s+${p}%\\s+(\\S+)$`, 'm').exec(output)[1]);
  return { label, rps: Number(/Requests\/sec:\s+([\d.]+)/.exec(output)[1]), p50: percentile(50), p99: percentile(99) };
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

function report(lines) {
  const rows = lines.map((line) => JSON.parse(line));
  const of = (label, field) => rows.filter((row) => row.label === label).map((row) => row[field]);
  const mid = (label, field) => median(of(label, field));
  // Ratios and differences are taken round by round, because the machine drifts, and the median of those is quoted.
  const paired = (a, b, field, combine) => median(of(a, field).map((x, i) => combine(x, of(b, field)[i])));
  const out = ['| case | requests/s | p50 ms | p99 ms |', '|---|---:|---:|---:|'];
  for (const label of new Set(rows.map((row) => row.label))) {
    const rps = label === 'fdatasync' ? '' : mid(label, 'rps').toFixed(0);
    out.push(`| ${label} | ${rps} | ${mid(label, 'p50').toFixed(3)} | ${mid(label, 'p99').toFixed(3)} |`);
  }
  const ratio = (x, y) => x / y, difference = (x, y) => x - y;
  const added = (name) => paired(`holdpoint-${name}`, `direct-${name}`, 'p50', difference);
  const floor = mid('fdatasync', 'p50');
  out.push('',
    `256 connections, 0 ms upstream: ${paired('holdpoint-256', 'nginx-256', 'rps', ratio).toFixed(2)} x nginx (target 0.40)`,
    `1 connection, 0 ms upstream: added p50 ${added('1').toFixed(3)} ms over direct; one fdatasync here is ${floor.toFixed(3)} ms (target: that + 0.25)`,
    `20 ms upstream, 1 connection: added p50 ${added('slow-1').toFixed(3)} ms (target 0.5); nginx adds ${paired('nginx-slow-1', 'direct-slow-1', 'p50', difference).toFixed(3)} ms`,
    `20 ms upstream, 32 connections: added p50 ${added('slow-32').toFixed(3)} ms; nginx adds ${paired('nginx-slow-32', 'direct-slow-32', 'p50', difference).toFixed(3)} ms`);
  return out.join('\n');
}

const [command, ...args] = process.argv[1]?.endsWith('messages.mjs') ? process.argv.slice(2) : [];
const input = () => fs.readFileSync(0, 'utf8');
switch (command) {
  case 'answer': process.stdout.write(answer); break;
  case 'request': process.stdout.write(request); break;
  case 'config': process.stdout.write(config(...args)); break;
  case 'wrk': console.log(JSON.stringify(readWrk(args[0], input()))); break;
  case 'report': console.log(report(input().trim().split('\n'))); break;
}
