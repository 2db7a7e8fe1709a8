// Writes policies as JSON with the reference implementation.
// stdin: [text of one policy, …]; stdout: [JSON of the policy, or null where it does not parse, …].
import { readFileSync } from "node:fs";
import { policyToJson } from "@cedar-policy/cedar-wasm/nodejs";

const answers = JSON.parse(readFileSync(0, "utf8")).map((text) => policyToJson(text));
console.log(JSON.stringify(answers.map((answer) => (answer.type === "success" ? answer.json : null))));
