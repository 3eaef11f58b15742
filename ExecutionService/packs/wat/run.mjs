// Runs a module of WASI preview 1, with its arguments and the workspace as its folder.
import { readFile } from "node:fs/promises";
import { WASI } from "node:wasi";

const [path, ...programArguments] = process.argv.slice(2);
const wasi = new WASI({
  version: "preview1",
  args: [path, ...programArguments],
  env: process.env,
  preopens: { ".": "." },
});

const { instance } = await WebAssembly.instantiate(await readFile(path), { wasi_snapshot_preview1: wasi.wasiImport });
process.exitCode = wasi.start(instance);
