// Sums up the lines of the rounds. Differences are taken round by round, because the machine drifts, and the median of those is quoted.
import fs from 'node:fs';

const rows = fs.readFileSync(0, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const of = (label, field) => rows.filter((row) => row.label === label).map((row) => row[field]);
const added = (name, field) => median(of(`holdpoint-${name}`, field).map((x, i) => x - of(`direct-${name}`, field)[i]));

console.log('| case | first token p50 ms | p99 ms | token after its sending p50 ms | p99 ms | tokens/s |');
console.log('|---|---:|---:|---:|---:|---:|');
for (const label of new Set(rows.map((row) => row.label))) {
  const cells = ['first50', 'first99', 'lag50', 'lag99'].map((field) => median(of(label, field)).toFixed(2));
  console.log(`| ${label} | ${cells.join(' | ')} | ${median(of(label, 'rate')).toFixed(0)} |`);
}
console.log();
for (const name of new Set(rows.map((row) => row.label.replace(/^\w+-/, '')))) {
  console.log(`${name}: added to the first token p50 ${added(name, 'first50').toFixed(2)} ms, p99 ${added(name, 'first99').toFixed(2)} ms; ` +
    `to each further token p50 ${added(name, 'lag50').toFixed(2)} ms, p99 ${added(name, 'lag99').toFixed(2)} ms; ` +
    `${(median(of(`holdpoint-${name}`, 'rate')) / median(of(`direct-${name}`, 'rate'))).toFixed(2)} x the tokens a second`);
}
