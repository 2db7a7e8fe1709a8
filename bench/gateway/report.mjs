// Sums up the JSON lines of a run as tables, and holds them against the targets. Ratios and differences are taken round by round, because
// the machine drifts, and the median of those is quoted.
import fs from 'node:fs';

const rows = fs.readFileSync(0, 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const of = (label, field) => rows.filter((row) => row.label === label && row[field] !== undefined).map((row) => row[field]);
const mid = (label, field) => median(of(label, field));
const paired = (a, b, field, combine) => median(of(a, field).map((x, i) => combine(x, of(b, field)[i])));
const ratio = (x, y) => x / y, difference = (x, y) => x - y;
const labels = (field) => [...new Set(rows.filter((row) => row[field] !== undefined).map((row) => row.label))];
const cell = (label, field, digits) => (of(label, field).length > 0 ? mid(label, field).toFixed(digits) : '');
const megabytes = (bytes) => bytes / 1e6;

function table(head, lines) {
  const rule = head.map((_, i) => (i === 0 ? '---' : '---:'));
  const row = (cells) => `| ${cells.join(' | ')} |`;
  return [row(head), `|${rule.join('|')}|`, ...lines.map(row)].join('\n');
}

const loads = table(
  ['case', 'requests/s', 'p50 ms', 'p99 ms', 'CPU µs per call', 'bytes allocated per call'],
  labels('p50').map((label) => [
    label, cell(label, 'rps', 0), cell(label, 'p50', 3), cell(label, 'p99', 3), cell(label, 'cpu', 1), cell(label, 'allocated', 0),
  ]));

// The peak of a process only grows, so its last one is that of the whole run.
const peakOf = (target) => Math.max(...rows.filter((row) => row.label.startsWith(`${target}-`) && row.peak).map((row) => row.peak));
const residentOf = (target) => mid(`ready-${target}`, 'resident');
const grownOf = (target) => megabytes(peakOf(target) - residentOf(target));
const memory = table(
  ['memory', 'at ready, MB', 'peak, MB', 'peak − ready, MB'],
  labels('resident').map((label) => label.slice('ready-'.length)).map((target) => [
    target, megabytes(residentOf(target)).toFixed(1), megabytes(peakOf(target)).toFixed(1), grownOf(target).toFixed(1),
  ]));

const starts = table(
  ['start of the process to `ready`', 'starts', 'median s', 'slowest s'],
  labels('seconds').map((label) => [
    label.slice('start-'.length), of(label, 'seconds').length,
    mid(label, 'seconds').toFixed(2), Math.max(...of(label, 'seconds')).toFixed(2),
  ]));

const met = (isMet) => `**${isMet ? 'met' : 'missed'}**`;
const atMost = (what, value, limit, digits, unit, aside = '') =>
  `- ${what}: ${value.toFixed(digits)} ${unit}, at most ${limit.toFixed(digits)}: ${met(value <= limit)}${aside && `; ${aside}`}`;
const atLeast = (what, value, limit, digits, unit, aside = '') =>
  `- ${what}: ${value.toFixed(digits)} ${unit}, at least ${limit.toFixed(digits)}: ${met(value >= limit)}${aside && `; ${aside}`}`;

const times = (peer) => paired('holdpoint-256', `${peer}-256`, 'rps', ratio);
const added = (target, name) => paired(`${target}-${name}`, `direct-${name}`, 'p50', difference);
const peersAdd = (name, peers) => peers.map((peer) => `${peer} adds ${added(peer, name).toFixed(3)}`).join(', ');
const floor = mid('fdatasync', 'p50');
const targets = [
  atMost('CPU per call, 256 connections', mid('holdpoint-256', 'cpu'), 90, 1, 'µs',
    ['nginx', 'yarp', 'bare'].map((peer) => `${peer} ${mid(`${peer}-256`, 'cpu').toFixed(1)}`).join(', ')),
  atLeast('requests/s, 256 connections', times('nginx'), 0.32, 2, 'x nginx',
    `${times('yarp').toFixed(2)} x yarp, ${times('bare').toFixed(2)} x bare`),
  atMost('p99 over p50, 256 connections', median(rows.filter((r) => r.label === 'holdpoint-256').map((r) => r.p99 / r.p50)), 4, 2, 'x'),
  atMost('added p50, 1 connection', added('holdpoint', '1'), floor + 0.2, 3, 'ms',
    `one fdatasync is ${floor.toFixed(3)}, ${peersAdd('1', ['nginx', 'yarp', 'bare'])}`),
  atMost('added p50, 20 ms upstream, 1 connection', added('holdpoint', 'slow-1'), 0.3, 3, 'ms', peersAdd('slow-1', ['nginx', 'yarp'])),
  atMost('added p50, 20 ms upstream, 32 connections', added('holdpoint', 'slow-32'), 0.3, 3, 'ms', peersAdd('slow-32', ['nginx', 'yarp'])),
  atMost('allocated per call, 256 connections', mid('holdpoint-256', 'allocated') / 1e3, 12, 1, 'KB'),
  atMost('peak − ready', grownOf('holdpoint'), 60, 1, 'MB'),
  atMost('start with a signed proof', mid('start-holdpoint-signed', 'seconds'), 0.8, 2, 's'),
];
console.log([loads, memory, starts, targets.join('\n')].join('\n\n'));
