using Google.Protobuf;
using OnlineCompiler.Execution.V1;
using OnlineCompiler.ExecutionService.Tests.Grpc;

namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

[Collection(OtherPreparedServices.Collection)]
public sealed class PreparedJavaScriptTests(PreparedService service) : HostComparison(service, "javascript")
{
    private static readonly Dictionary<string, (string EntryPoint, string Program)> _programs = new()
    {
        ["hello"] = ("main.js", "console.log('hello', 1 + 1)"),
        ["itself"] = ("main.js", "console.log(process.argv, process.argv0, process.execArgv, require.main === module, __filename, __dirname, module.id, module.parent, module.paths, Object.keys(require.cache), process.title, process.pid, process.ppid, process.cwd())"),
        ["another entry point"] = ("src/tool.js", "console.log(process.argv, __filename, require.main === module, require.main.filename, Object.keys(require.cache), require.resolve('./tool.js'))"),
        ["the environment"] = ("main.js", "console.log(process.env, Object.getOwnPropertyNames(globalThis), process._preload_modules, process._getActiveHandles().length, process.listenerCount('exit'), process.release.name)"),
        ["an uncaught error"] = ("main.js", "console.log('before');\nfunction half(number) { return number.value / 2; }\nhalf(undefined);"),
        ["an error's stack"] = ("main.js", "console.log(new Error('here').stack)"),
        ["an error in a callback"] = ("main.js", "setTimeout(() => { throw new TypeError('late') }, 1)"),
        ["a rejected promise"] = ("main.js", "Promise.reject(new Error('nobody cares'))"),
        ["a syntax error"] = ("main.js", "let a = ;"),
        ["a module"] = ("main.mjs", "import fs from 'node:fs'; console.log(import.meta.url, process.argv, typeof require, fs.readdirSync('.')); export {}; await 0; throw new Error('esm')"),
        ["a module that is missing"] = ("main.js", "require('./nothing')"),
        ["a status"] = ("main.js", "process.exitCode = 3; process.on('exit', code => console.log('bye', code))"),
        ["a signal"] = ("main.js", "process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 5000)"),
        ["standard input"] = ("main.js", "process.stdin.on('data', d => console.log(d.length, String(d))).on('end', () => console.log('end'))"),
        ["lines"] = ("main.js", "const rl = require('readline').createInterface({ input: process.stdin }); rl.on('line', l => console.log('>' + l)); rl.on('close', () => console.error('closed'))"),
        ["input at once"] = ("main.js", "console.log(require('fs').readFileSync(0, 'utf8').toUpperCase())"),
        ["descriptors"] = ("main.js", "console.log([0, 1, 2, 3, 4].map(fd => { try { const s = require('fs').fstatSync(fd); return s.isFIFO() ? 'pipe' : s.isFile() ? 'file' : 'other' } catch (e) { return e.code } }).slice(0, 3))"),
        ["clocks"] = ("main.js", "console.log(performance.now() < 20000, process.uptime() < 20, Math.abs(performance.timeOrigin - Date.now()) < 20000, performance.now.name, process.uptime.name, Object.keys(performance))"),
        ["threads"] = ("main.js", "const { Worker, isMainThread } = require('worker_threads'); if (isMainThread) new Worker(__filename).on('exit', c => console.log('exit', c)); else console.log('in a thread', process.argv, process.execArgv, Object.keys(require.cache))"),
        ["a thread's heap"] = ("main.js", "const { Worker, isMainThread, resourceLimits } = require('worker_threads'); if (isMainThread) new Worker(__filename); else console.log(require('v8').getHeapStatistics().heap_size_limit, resourceLimits)"),
        ["a child"] = ("main.js", "if (process.argv[2] === 'child') console.log('child', process.argv, process.execArgv); else require('child_process').fork(__filename, ['child']).on('exit', c => console.log(c))"),
        ["an error of another kind"] = ("main.js", "process.on('uncaughtException', (e, origin) => { console.log(origin, e); process.exit(7) }); throw { answer: 42 }"),
        ["a thrown string"] = ("main.js", "throw 'just words'"),
        ["a rejection that is handled late"] = ("main.js", "process.on('unhandledRejection', r => console.log('unhandled', r)); Promise.reject(5)"),
        ["an error's cause"] = ("main.js", "throw new Error('outer', { cause: new RangeError('inner') })"),
        ["a deep recursion"] = ("main.js", "let depth = 0; (function down() { depth++; down() })()"),
        ["out of memory"] = ("main.js", "console.log('begin'); try { new ArrayBuffer(2 ** 45) } catch (e) { console.log(e.name, e.message) }"),
        ["a warning"] = ("main.js", "process.emitWarning('careful', { code: 'MINE' }); new Buffer(1)"),
        ["an assertion"] = ("main.js", "require('assert').deepStrictEqual({ a: 1, b: [1, 2] }, { a: 1, b: [1, 3] })"),
        ["an abort"] = ("main.js", "console.log('before'); process.kill(process.pid, 'SIGKILL')"),
        ["a missing awaited value"] = ("main.mjs", "console.log('before'); await new Promise(() => {})"),
        ["an import of a file"] = ("main.mjs", "const { default: self } = await import('node:module'); console.log(typeof self.createRequire, import.meta.dirname, import.meta.filename)"),
        ["a dynamic import"] = ("main.js", "import('./nothing.mjs').catch(e => console.log(e.code, e.message))"),
        ["much output"] = ("main.js", "for (let i = 0; i < 5000; i++) console.log('line ' + i); console.error('end'); process.exit(0)"),
        ["two streams"] = ("main.js", "process.stdout.write('out'); process.stderr.write('err'); console.log(process.stdout.writableLength, process.stdout._type, process.stdin.isTTY, process.stdout.isTTY, process.stdout.fd)"),
        ["the order of callbacks"] = ("main.js", "setTimeout(() => console.log('timeout')); setImmediate(() => console.log('immediate')); Promise.resolve().then(() => console.log('promise')); process.nextTick(() => console.log('tick')); queueMicrotask(() => console.log('microtask')); require('fs').stat('.', () => {}); console.log('first')"),
        ["asynchronous hooks"] = ("main.js", "const { executionAsyncId, triggerAsyncId } = require('async_hooks'); console.log(executionAsyncId(), triggerAsyncId())"),
        ["strict mode and this"] = ("main.js", "console.log(this === module.exports, (function () { return this === globalThis })(), typeof __filename, arguments.length, arguments[2] === module)"),
        ["globals that were touched"] = ("main.js", "console.log(Object.keys(globalThis), Object.keys(process).length, process.moduleLoadList.filter(name => /host|prepared/.test(name)), Object.keys(require('module')._cache), process.binding.name)"),
        ["a handler of signals"] = ("main.js", "process.on('SIGTERM', s => { console.log('got', s); process.exit(9) }); process.kill(process.pid, 'SIGTERM'); setTimeout(() => {}, 5000)"),
        ["files"] = ("main.js", "const fs = require('fs'); fs.writeFileSync('made.txt', 'x'); console.log(fs.readdirSync('.'), fs.statSync('made.txt').mode.toString(8), process.umask().toString(8), process.getuid(), process.getgid(), process.getgroups())"),
        ["a shell"] = ("main.js", "console.log(String(require('child_process').execSync('echo $0 $HOME; pwd; ls /proc/self/fd | wc -l; ulimit -n')))"),
        ["the internals of a report"] = ("main.js", "const r = process.report.getReport(); console.log(r.header.commandLine.length > 0, r.javascriptStack.message, Object.keys(r))"),
        ["a listener of the end"] = ("main.js", "process.on('exit', c => { Promise.resolve().then(() => console.log('later')); process.nextTick(() => console.log('never')); console.log('exit', c) })"),
        ["an end that is put off"] = ("main.js", "let turns = 0; process.on('beforeExit', () => { if (turns++ < 3) setTimeout(() => console.log(turns), 1) })"),
        ["an error at the end"] = ("main.js", "process.on('beforeExit', () => { throw new Error('at the end') })"),
        ["an error in the end"] = ("main.js", "process.on('exit', () => { throw new Error('in the end') })"),
        ["an end with a thread"] = ("main.js", "new (require('worker_threads').Worker)('setInterval(() => {}, 1000)', { eval: true }).unref(); console.log('end')"),
        ["an end with much to read"] = ("main.js", "process.stdout.write('x'.repeat(900000)); process.stderr.write('y'.repeat(100000))"),
        ["a status of nothing"] = ("main.js", "process.exitCode = 0; console.log(process.exitCode)"),
        ["events by hand"] = ("main.js", "process.on('mine', v => console.log(v)); console.log(process.emit('mine', 5), process.emit('exit', 3), Object.hasOwn(process, 'emit'), process.emit.name)"),
        ["other events"] = ("main.js", "const { emit } = process; process.emit = function (name, ...rest) { console.log(name); return emit.call(this, name, ...rest) }; console.log(Object.keys(process).includes('emit'))"),
        ["errors that cannot be changed"] = ("main.js", "Object.freeze(Error); console.log('end')"),
        ["limits"] = ("main.js", "console.log(require('v8').getHeapStatistics().heap_size_limit, require('fs').readFileSync('/proc/self/limits', 'utf8').replace(/Max cpu time.*/, ''))"),
    };

    public static TheoryData<string> Programs => [.. _programs.Keys];

    [Theory]
    [MemberData(nameof(Programs))]
    public Task A_program_cannot_tell_and_nobody_sees(string name)
    {
        var (entryPoint, program) = _programs[name];
        return AssertSameAsync(Request(entryPoint, program, "a b", "", "--c"));
    }

    [Theory]
    [InlineData(false, "javascript run")]
    [InlineData(true, "javascript run terminal")]
    public async Task A_conversation_is_the_same(bool isTerminal, string mould)
    {
        var cold = await Service.CallColdAsync(each => TalkAsync(each, isTerminal));
        var prepared = await Service.CallPreparedAsync(each => TalkAsync(each, isTerminal), mould, Token);

        Assert.Contains("resized" + (isTerminal ? " 120 40" : " never"), cold.Said);
        Assert.Equal(cold, prepared);
    }

    /// <summary>Waits for each answer before it goes on, so that what is said comes in one order.</summary>
    private async Task<(string Said, Outcome Outcome, int ExitCode)> TalkAsync(ServiceFixture service, bool isTerminal)
    {
        const string Program = """
            const rl = require('readline').createInterface({ input: process.stdin, output: process.stdout, prompt: '? ' });
            let resized = 'never';
            process.stdout.on('resize', () => { resized = `${process.stdout.columns} ${process.stdout.rows}`; console.log('new size'); });
            console.log(process.stdin.isTTY, process.stdout.isTTY, process.stdout.columns, process.stdout.rows, process.argv);
            rl.on('line', line => { console.log([...line].reverse().join('')); rl.prompt(); });
            rl.on('close', () => { console.log('resized', resized); process.exitCode = 5; });
            console.log('ready');
            """;
        var request = Request("main.js", Program, "x y");
        request.Stdin = ByteString.Empty;
        await using var talk = await Conversation.StartAsync(service, request, isTerminal);
        await talk.ReadUntilAsync("ready");
        await talk.TypeAsync("hello\n");
        await talk.ReadUntilAsync("olleh");
        if (isTerminal)
        {
            await talk.SendAsync(new AttachRequest { Resize = new TerminalSize { Columns = 120, Rows = 40 } });
            await talk.ReadUntilAsync("new size");
        }
        await talk.TypeAsync("again\n");
        await talk.ReadUntilAsync("niaga");
        await talk.SendAsync(new AttachRequest { EndOfInput = new EndOfInput() });
        var result = await talk.ResultAsync();
        return (talk.All, result.Outcome, result.Run.ExitCode);
    }

    [Fact]
    public Task Random_numbers_differ_between_programs_that_waited() => AssertDiffersAsync(Request("main.js", "console.log(Math.random(), crypto.randomUUID())"));

    [Fact]
    public async Task A_request_with_variables_of_its_own_is_served_without_a_host()
    {
        var request = Request("main.js", "console.log(process.env.NODE_OPTIONS, process.argv.length)");
        request.Environment.Add("NODE_OPTIONS", "--no-warnings");

        var answer = await Service.RunPreparedAsync(request, "bare", Token);

        Assert.Equal("--no-warnings 2\n", answer.Run.Stdout.ToStringUtf8());
    }
}
