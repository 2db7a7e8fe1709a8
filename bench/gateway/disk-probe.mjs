// The floor of a durable record: append 4 KiB and fdatasync, in the folder of the store.
import fs from 'node:fs';
import path from 'node:path';

const file = path.join(process.argv[2], 'probe');
const handle = fs.openSync(file, 'a');
const block = Buffer.alloc(4096, 7);
const times = [];
for (let i = 0; i < 200; i++) {
  const start = process.hrtime.bigint();
  fs.writeSync(handle, block);
  fs.fdatasyncSync(handle);
  times.push(Number(process.hrtime.bigint() - start) / 1e6);
}
fs.closeSync(handle);
fs.rmSync(file);
times.sort((a, b) => a - b);
console.log(JSON.stringify({ label: 'fdatasync', p50: times[100], p99: times[198] }));
