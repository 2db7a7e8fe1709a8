// Reads streams and measures, token by token, how long after its sending each arrives; prints one JSON line. Arguments: label, streams at
// once, tokens a second (0: full speed), persons in the prompt, URL, key, process whose CPU time is counted (0: none).
import http from 'node:http';
import { cpuMicroseconds } from '../processes.mjs';

const [label, streams, rate, persons, url, key, pid] = process.argv.slice(2);
const pids = pid === '0' ? [] : [pid];
const rows = Array.from({ length: Number(persons) }, (_, i) => `${i};member.${i}@example.org\n`).join('');
const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
const now = () => Number(process.hrtime.bigint()) / 1000;
const body = JSON.stringify({
  model: `gpt-${rate}`, stream: true,
  messages: [{ role: 'system', content: 'Answer briefly.' }, { role: 'user', content: `What did the committee agree on?\n${rows}` }],
});
const first = [], lags = [];
// begun: when every stream has its first token.
let read = 0, failed = 0, begun, why;

function stream() {
  return new Promise((resolve) => {
    const asked = now();
    const request = http.request(`${url}/v1/chat/completions`, {
      method: 'POST', agent,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization: `Bearer ${key}` },
    }, (response) => {
      let rest = '', seen = 0, done = false;
      response.setEncoding('latin1');
      response.on('data', (chunk) => {
        const at = now();
        const parts = (rest + chunk).split('\n\n');
        rest = parts.pop();
        for (const part of parts) {
          if (part === 'data: [DONE]') { done = true; continue; }
          const sent = /"created":(\d+)/.exec(part), text = /"content":"(.)/.exec(part);
          if (!sent || !text) continue;
          if (seen++ === 0) first.push(at - asked);
          else lags.push(at - Number(sent[1]));
          read++;
          if (first.length === Number(streams)) begun ??= { cpu: cpuMicroseconds(pids), read };
        }
      });
      response.on('end', () => {
        if (!done || response.statusCode !== 200) { failed++; why ??= `HTTP ${response.statusCode} ${rest.slice(-200)}`; }
        resolve();
      });
    });
    request.on('error', (error) => { failed++; why ??= error.message; resolve(); });
    request.end(body);
  });
}

const start = now(), cpu = cpuMicroseconds(pids);
await Promise.all(Array.from({ length: Number(streams) }, stream));
const seconds = (now() - start) / 1e6, spent = cpuMicroseconds(pids);
if (failed > 0) { console.error(`${label}: ${failed} of ${streams} streams failed: ${why}`); process.exit(1); }
const at = (values, p) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))] / 1000;
console.log(JSON.stringify({
  label, first50: at(first, 0.5), first99: at(first, 0.99), lag50: at(lags, 0.5), lag99: at(lags, 0.99), rate: read / seconds,
  cpu: spent - cpu, tokens: read, laterCpu: spent - begun.cpu, laterTokens: read - begun.read,
}));
process.exit(0);
