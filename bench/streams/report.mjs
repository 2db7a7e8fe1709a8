// Sums up the lines of the rounds. Differences are taken round by round, because the machine drifts, and the median of those is quoted.
import fs from 'node:fs';

const rows = fs.readFileSync(0, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const of = (label, field) => rows.filter((row) => row.label === label).map((row) => row[field]);
const added = (name, field) => median(of(`holdpoint-${name}`, field).map((x, i) => x - of(`direct-${name}`, field)[i]));

// Of all rounds together, because Linux counts CPU time in hundredths of a second: of whole calls, and from when every stream had its first
// token.
const sum = (label, field) => of(label, field).reduce((a, b) => a + b);
const cpu = (label, time, tokens) =>
  (sum(label, 'cpu') > 0 && sum(label, tokens) > 0 ? (sum(label, time) / sum(label, tokens)).toFixed(1) : '');
const cpus = (label) => `${cpu(label, 'cpu', 'tokens')} | ${cpu(label, 'laterCpu', 'laterTokens')}`;

console.log('| case | first token p50 ms | p99 ms | token after its sending p50 ms | p99 ms | tokens/s | CPU µs a token | later tokens |');
console.log('|---|---:|---:|---:|---:|---:|---:|---:|');
for (const label of new Set(rows.map((row) => row.label))) {
  const cells = ['first50', 'first99', 'lag50', 'lag99'].map((field) => median(of(label, field)).toFixed(2));
  console.log(`| ${label} | ${cells.join(' | ')} | ${median(of(label, 'rate')).toFixed(0)} | ${cpus(label)} |`);
}
console.log();
const adds = (name, what) => `p50 ${added(name, `${what}50`).toFixed(2)} ms, p99 ${added(name, `${what}99`).toFixed(2)} ms`;
for (const name of new Set(rows.map((row) => row.label.replace(/^\w+-/, '')))) {
  console.log(`${name}: added to the first token ${adds(name, 'first')}; to each further token ${adds(name, 'lag')}; ` +
    `${(median(of(`holdpoint-${name}`, 'rate')) / median(of(`direct-${name}`, 'rate'))).toFixed(2)} x the tokens a second`);
}
