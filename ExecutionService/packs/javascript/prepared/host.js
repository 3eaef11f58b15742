// Boots Node ahead of need, as `node <options> --require host.js main.js`: Node loads this file before the program's own. It
// loads what most programs load, waits for its release on file descriptor 3 (Sandbox/Launcher/protocol.h), and returns. Node
// then goes on to the program as it always does, so that its stack traces are those of any program.
'use strict';

const { isMainThread } = require('worker_threads');
const RELEASE = 3;

// Threads of the program load this file too, and are told so among their options.
if (isMainThread) becomeProgram();
else process.execArgv.splice(process.execArgv.indexOf('--require'), 2);
process._preload_modules.length = 0;
delete require.cache[__filename];

function becomeProgram() {
  const fs = require('fs');
  const path = require('path');
  const heapLimit = forgetHeapLimit();

  // None that opens a standard stream (assert, process): that is for the program to do.
  for (const name of ['buffer', 'child_process', 'crypto', 'events', 'fs/promises', 'net', 'os', 'perf_hooks',
    'readline', 'readline/promises', 'stream', 'string_decoder', 'timers/promises', 'tty', 'url', 'util', 'zlib']) require(name);

  warmConsole();
  warmRelease();
  warmPipe(fs);
  emptyNewSpace();
  // For threads of the program, whose heaps are made by it.
  if (heapLimit) require('v8').setFlagsFromString(heapLimit);

  const release = readRelease(fs);
  if (release.length === 0) process.reallyExit(0);
  const [argv, afterArgv] = readTexts(release, 0);
  const [environment] = readTexts(release, afterArgv);

  setEnvironment(environment);
  const optionsEnd = argv.findIndex((text, index) => index > 0 && !text.startsWith('-'));
  const bootedFor = process.argv[1];
  const program = path.resolve(argv[optionsEnd]);
  process.execArgv.splice(0, Infinity, ...argv.slice(1, optionsEnd));
  process.argv.splice(1, Infinity, program, ...argv.slice(optionsEnd + 1));
  if (program !== bootedFor) goOnWith(program);
  endAtOnce();
  startClocks();
}

/**
 * Node's own modules are compiled already, for a V8 without options: with any, all are compiled anew, which takes a fifth of all the
 * processor time up to here. The limit holds since the heap was made, so what V8 remembers of it can be nothing for a while.
 */
function forgetHeapLimit() {
  const option = '--max-old-space-size=';
  const heapLimit = process.execArgv.find((text) => text.startsWith(option));
  if (heapLimit) require('v8').setFlagsFromString(`${option}0`);
  return heapLimit;
}

/** What console.log does for the first time takes a millisecond: done here once, for nobody to see. */
function warmConsole() {
  const { Console } = require('console');
  const { Writable } = require('stream');
  // It never says that it has written, so nothing is left to be done later.
  const nowhere = new Writable({ write() {} });
  // To ask for colours would open standard error.
  new Console({ stdout: nowhere, stderr: nowhere, colorMode: false }).log('%s', 'text', 1, { key: ['value'] });
}

/** V8 compiles a function when it is called for the first time: here, with what changes nothing. */
function warmRelease() {
  const aText = Buffer.from([1, 0, 0, 0, 1, 0, 0, 0, 97]);
  readTexts(aText, 0);
  setEnvironment(Object.entries(process.env).map(([name, value]) => `${name}=${value}`));
}

/**
 * A program's first line of output makes a stream of a pipe. So does this, of the only pipe that is there, and takes back what it wrote
 * before anybody else writes to it.
 */
function warmPipe(fs) {
  const { Socket } = require('net');
  const stream = new Socket({ fd: fs.openSync('/proc/self/fd/3', 'w'), readable: false, writable: true });
  stream.unref();
  stream.write('text');
  stream._handle.close();
  fs.readSync(RELEASE, Buffer.alloc(4), 0, 4, null);
}

/**
 * What Node has loaded until now leaves its space for young objects almost full, and the program would be the one to wait while it is
 * cleared. Cleared twice, for what survives once is only moved within it.
 */
function emptyNewSpace() {
  const { getHeapSpaceStatistics } = require('v8');
  const used = () => getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_used_size;
  for (let turn = 0; turn < 2; turn++) {
    for (let before = 0, now = used(); now >= before; now = used()) {
      before = now;
      new Array(1024).fill(0);
    }
  }
}

function readRelease(fs) {
  const chunks = [];
  for (;;) {
    const chunk = Buffer.allocUnsafeSlow(64 * 1024);
    const length = fs.readSync(RELEASE, chunk, 0, chunk.length, null);
    if (length === 0) break;
    chunks.push(chunk.subarray(0, length));
  }
  fs.closeSync(RELEASE);
  return Buffer.concat(chunks);
}

/** A count, then each text behind its length in bytes. Returns the texts and where they end. */
function readTexts(bytes, start) {
  const texts = [];
  let at = start + 4;
  for (let left = bytes.readUInt32LE(start); left > 0; left--) {
    const end = at + 4 + bytes.readUInt32LE(at);
    texts.push(bytes.toString('utf8', at + 4, end));
    at = end;
  }
  return [texts, at];
}

/** Node acts upon some variables when they are set, so those that are right already are left alone. */
function setEnvironment(entries) {
  const wanted = new Map(entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]));
  for (const name of Object.keys(process.env)) if (!wanted.has(name)) delete process.env[name];
  for (const [name, value] of wanted) if (process.env[name] !== value) process.env[name] = value;
}

/** Node has taken the program's name from the command line already; it looks for the file only now, once or twice. */
function goOnWith(program) {
  const Module = require('module');
  const find = Module._findPath;
  Module._findPath = (request, paths, isMain) => {
    if (!isMain) Module._findPath = find;
    return find(isMain ? program : request, paths, isMain);
  };
}

/**
 * A program that has nothing left to do ends when Node has taken itself apart, which takes longer than most programs. It is ended as by
 * process.exit() where nothing of its own is left to run: as Node is about to tell of the end, and nobody listens.
 */
function endAtOnce() {
  const { reallyExit } = process;
  const { emit } = require('events').prototype;
  const isHeard = () => process._events.exit !== undefined || process.reallyExit !== reallyExit;
  const isEnd = () => process._exiting && !process.exitCode && !isHeard() && isCalledByNode();
  Object.defineProperty(Object.getPrototypeOf(process), 'emit', {
    configurable: true,
    get() {
      if (isEnd()) reallyExit.call(process, 0);
      return emit;
    },
    set(value) { Object.defineProperty(this, 'emit', { value, configurable: true, enumerable: true, writable: true }); },
  });
}

/** Whether nothing written in JavaScript is on the stack but this and its two callers. Leaves Error changed, for nobody to see. */
function isCalledByNode() {
  const called = {};
  try {
    Error.stackTraceLimit = 4;
    Error.prepareStackTrace = (error, frames) => frames.length;
    Error.captureStackTrace(called);
    return called.stack === 3;
  } catch {
    return false;
  }
}

/** Time starts with the program. */
function startClocks() {
  const { performance, Performance } = globalThis;
  const { now } = Performance.prototype;
  const waited = now.call(performance);
  const { uptime } = process;
  const uptimeBefore = uptime();
  process.uptime = { uptime: () => uptime() - uptimeBefore }.uptime;
  if (!Object.getOwnPropertyDescriptor(Performance.prototype, 'now')?.configurable) return;
  Object.defineProperty(Performance.prototype, 'now', {
    ...Object.getOwnPropertyDescriptor(Performance.prototype, 'now'),
    value: { now() { return now.call(this) - waited; } }.now,
  });
  const origin = Object.getOwnPropertyDescriptor(Performance.prototype, 'timeOrigin');
  Object.defineProperty(Performance.prototype, 'timeOrigin', { ...origin, get() { return origin.get.call(this) + waited; } });
}
