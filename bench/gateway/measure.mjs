// Loads one target with wrk, or looks at its memory, and prints one JSON line. Arguments:
//   load LABEL CONNECTIONS SECONDS URL KEY PID [PROBE]    PID of the target, 0 for none; PROBE is the socket of probe/
//   ready LABEL PID                                       memory before the load; its peak counts from here
import net from 'node:net';
import path from 'node:path';
import { spawn } from 'node:child_process';
import { cpuMicroseconds, forgetPeak, residentBytes, withChildren } from '../processes.mjs';

function milliseconds(value) {
  const [, number, unit] = /^([\d.]+)(us|ms|s)$/.exec(value);
  return Number(number) * { us: 0.001, ms: 1, s: 1000 }[unit];
}

function readWrk(label, output) {
  const errors = /Non-2xx or 3xx responses: (\d+)/.exec(output)?.[1] ?? /Socket errors: (.*)/.exec(output)?.[1];
  if (errors) throw new Error(`${label}: wrk reports errors: ${errors}`);
  const requests = Number(/^\s+(\d+) requests in /m.exec(output)?.[1] ?? 0);
  if (requests === 0) throw new Error(`${label}: no request was answered: ${output}`);
  const percentile = (p) => milliseconds(new RegExp(`^\\s+${p}%\\s+(\\S+) *$`, 'm').exec(output)[1]);
  return {
    label, rps: Number(/Requests\/sec:\s+([\d.]+)/.exec(output)[1]), p50: percentile(50), p99: percentile(99), requests,
  };
}

function wrk(connections, seconds, url, key) {
  const script = path.join(import.meta.dirname, 'post.lua');
  const args = [
    `-t${connections > 1 ? 2 : 1}`, `-c${connections}`, `-d${seconds}s`, '--timeout', '30s', '--latency', '-s', script,
    `${url}/v1/chat/completions`,
  ];
  return new Promise((resolve, reject) => {
    const child = spawn('wrk', args, { env: { ...process.env, BENCH_KEY: key }, stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk) => { output += chunk; });
    child.on('error', reject);
    child.on('close', (code) => (code === 0 ? resolve(output) : reject(new Error(`wrk ended with ${code}`))));
  });
}

function allocatedBytes(socket) {
  return new Promise((resolve, reject) => {
    let told = '';
    net.connect(socket).on('data', (chunk) => { told += chunk; }).on('error', reject)
      .on('end', () => resolve(JSON.parse(told).allocated));
  });
}

async function load([label, connections, seconds, url, key, pid, probe]) {
  const pids = pid === '0' ? [] : withChildren(pid);
  const allocatedBefore = probe && await allocatedBytes(probe);
  const cpuBefore = cpuMicroseconds(pids);
  const row = readWrk(label, await wrk(connections, seconds, url, key));
  if (pids.length > 0) row.cpu = (cpuMicroseconds(pids) - cpuBefore) / row.requests;
  if (probe) {
    row.allocated = (await allocatedBytes(probe) - allocatedBefore) / row.requests;
    row.peak = residentBytes(pid, 'VmHWM');
  }
  return row;
}

function ready([label, pid]) {
  const resident = residentBytes(pid, 'VmRSS');
  forgetPeak(pid);
  return { label: `ready-${label}`, resident };
}

const [command, ...args] = process.argv.slice(2);
console.log(JSON.stringify(command === 'load' ? await load(args) : ready(args)));
