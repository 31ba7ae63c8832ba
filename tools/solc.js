#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
//
// A `solc` executable made of the npm package. The native compiler is fetched from a host that closed networks do not
// reach; the package comes with `npm ci` and gives the same bytecode. It answers what Brownie (py-solc-x), Slither
// (crytic-compile) and Forge ask for: `--version` and `--standard-json` on standard input.
"use strict";

const fs = require("node:fs");
const path = require("node:path");

const PUBLISHED_METADATA = { appendCBOR: true, bytecodeHash: "none" };

/** Folders that an import without a leading dot may be relative to: the working directory, then `--base-path` etc. */
function searchFolders(args) {
  const folders = [process.cwd()];
  args.forEach((arg, i) => {
    if (arg === "--base-path" || arg === "--include-path") folders.push(path.resolve(args[i + 1]));
  });
  return folders;
}

function reader(folders) {
  return (name) => {
    for (const folder of folders) {
      try {
        return { contents: fs.readFileSync(path.resolve(folder, name), "utf8") };
      } catch (error) {
        if (error.code !== "ENOENT" && error.code !== "EISDIR") return { error: `${name}: ${error.message}` };
      }
    }
    return { error: `File not found: ${name}` };
  };
}

/**
 * Brownie cannot be told to leave the metadata hash out, and its bytecode would then differ from the published
 * artifacts by a hash of the comments. Whoever says nothing about metadata gets what tools/solidity.py asks for, so that
 * the tests run what is released.
 */
function withoutMetadataHash(text) {
  const input = JSON.parse(text);
  if (input.settings && input.settings.metadata === undefined) input.settings.metadata = PUBLISHED_METADATA;
  return JSON.stringify(input);
}

function main(args) {
  const solc = require("solc");
  if (args.includes("--version")) {
    process.stdout.write(`solc, the solidity compiler (npm package)\nVersion: ${solc.version()}\n`);
    return 0;
  }
  if (!args.includes("--standard-json")) {
    process.stderr.write("solc: this executable answers only --version and --standard-json (input on stdin).\n");
    return 1;
  }
  const input = withoutMetadataHash(fs.readFileSync(0, "utf8"));
  process.stdout.write(solc.compile(input, { import: reader(searchFolders(args)) }));
  return 0;
}

process.exitCode = main(process.argv.slice(2));
