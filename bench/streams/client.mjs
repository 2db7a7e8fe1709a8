// Reads streams and measures, token by token, how long after its sending each arrives; prints one JSON line. Arguments: label, streams at
// once, tokens a second (0: full speed), URL, key.
import http from 'node:http';

const [label, streams, rate, url, key] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: true, maxSockets: Infinity });
const now = () => Number(process.hrtime.bigint()) / 1000;
const body = JSON.stringify({
  model: `gpt-${rate}`, stream: true,
  messages: [{ role: 'system', content: 'Answer briefly.' }, { role: 'user', content: 'What did the committee agree on?' }],
});
const first = [], lags = [];
let tokens = 0, failed = 0;

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
        }
      });
      response.on('end', () => { tokens += seen; if (!done || response.statusCode !== 200) failed++; resolve(); });
    });
    request.on('error', () => { failed++; resolve(); });
    request.end(body);
  });
}

const start = now();
await Promise.all(Array.from({ length: Number(streams) }, stream));
const seconds = (now() - start) / 1e6;
if (failed > 0) { console.error(`${label}: ${failed} of ${streams} streams failed`); process.exit(1); }
const at = (values, p) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))] / 1000;
console.log(JSON.stringify({
  label, first50: at(first, 0.5), first99: at(first, 0.99), lag50: at(lags, 0.5), lag99: at(lags, 0.99), rate: tokens / seconds,
}));
process.exit(0);
