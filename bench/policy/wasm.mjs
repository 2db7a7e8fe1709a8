// The same sets, request and entities through @cedar-policy/cedar-wasm, with the policies parsed beforehand.
// Usage: node wasm.mjs FOLDER [--short]: reads scenarios.json, writes wasm.json (nanoseconds per decision, median of the rounds).
import { createRequire } from "node:module";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const require = createRequire(new URL("../../tests/clients/package.json", import.meta.url));
const { preparsePolicySet, statefulIsAuthorized } = require("@cedar-policy/cedar-wasm/nodejs");

const [folder, short] = process.argv.slice(2);
const { request, entities, sets } = JSON.parse(readFileSync(join(folder, "scenarios.json"), "utf8"));
const [rounds, seconds] = short ? [3, 0.2] : [15, 1];
const median = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1];

const results = {};
for (const [name, staticPolicies] of Object.entries(sets)) {
  const prepared = preparsePolicySet(name, { staticPolicies });
  if (prepared.type !== "success") throw new Error(JSON.stringify(prepared));
  const ask = () => statefulIsAuthorized({ ...request, entities, preparsedPolicySetId: name, validateRequest: false });
  const first = ask();
  if (first.type !== "success" || first.response.decision !== "allow") throw new Error(JSON.stringify(first));

  const times = [];
  for (let round = 0; round <= rounds; round++) {
    let count = 0;
    const start = process.hrtime.bigint();
    let elapsed = 0n;
    while (elapsed < BigInt(seconds * 1e9)) {
      for (let i = 0; i < 20; i++) ask();
      count += 20;
      elapsed = process.hrtime.bigint() - start;
    }
    // The first round warms up.
    if (round > 0) times.push(Number(elapsed) / count);
  }
  results[name] = median(times);
}
writeFileSync(join(folder, "wasm.json"), JSON.stringify(results));
