// Makes src/api/schema.d.ts from target/openapi.json, which the tests of the server write. openapi-typescript wants a
// TypeScript older than ours, so it is fetched for itself and is no dependency of the UI.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

const source = new URL("../../target/openapi.json", import.meta.url);
const types = new URL("../src/api/schema.d.ts", import.meta.url);
const hash = createHash("sha256").update(readFileSync(source)).digest("hex");
const command = ["exec", "--yes", "--package=openapi-typescript@7.13.0", "--package=typescript@5.9.3", "--"];
const made = execFileSync("npm", [...command, "openapi-typescript", source.pathname], { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
writeFileSync(types, `// Made by "npm run types" from the API's document, sha256 ${hash}; do not edit.\n${made}`);
