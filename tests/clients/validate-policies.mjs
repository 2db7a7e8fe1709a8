// Validates policies strictly with the reference implementation.
// stdin: {"schema": text, "policies": {name: text}}; stdout: {name: [message, …]}, empty where all is well. Warnings count.
import { readFileSync } from "node:fs";
import { getCedarVersion, validate } from "@cedar-policy/cedar-wasm/nodejs";

const { schema, policies } = JSON.parse(readFileSync(0, "utf8"));
const findings = { version: [getCedarVersion()] };
for (const [name, text] of Object.entries(policies)) {
  const answer = validate({ validationSettings: { mode: "strict" }, schema, policies: { staticPolicies: text } });
  findings[name] =
    answer.type === "success"
      ? [...answer.validationErrors, ...answer.validationWarnings, ...(answer.otherWarnings ?? [])].map((f) => f.error?.message ?? f.message)
      : answer.errors.map((error) => error.message);
}
console.log(JSON.stringify(findings));
