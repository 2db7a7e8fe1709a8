// How long a server takes from the start of its process to its line "ready"; prints one JSON line. Arguments: label, command line.
import { spawn } from 'node:child_process';

const [label, command, ...args] = process.argv.slice(2);
const began = process.hrtime.bigint();
const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
let told = '', seconds;
child.stdout.on('data', (chunk) => {
  told += chunk;
  if (seconds === undefined && /^ready .*\n/m.test(told)) {
    seconds = Number(process.hrtime.bigint() - began) / 1e9;
    child.kill('SIGTERM');
  }
});
child.on('close', () => {
  if (seconds === undefined) { console.error(`${label} ended before it was ready`); process.exit(1); }
  console.log(JSON.stringify({ label: `start-${label}`, seconds }));
});
