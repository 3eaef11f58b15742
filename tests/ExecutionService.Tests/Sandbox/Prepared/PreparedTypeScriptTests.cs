namespace OnlineCompiler.ExecutionService.Tests.Sandbox.Prepared;

/// <summary>TypeScript runs in the same host as JavaScript, and its stack traces show lines of the source.</summary>
[Collection(OtherPreparedServices.Collection)]
public sealed class PreparedTypeScriptTests(PreparedService service) : HostComparison(service, "typescript")
{
    private static readonly Dictionary<string, (string EntryPoint, string Program)> _programs = new()
    {
        ["hello"] = ("main.ts", "const words: string[] = process.argv.slice(2); console.log('hello', words, process.execArgv, __filename, require.main === module);"),
        ["another entry point"] = ("tool.ts", "enum Colour { Red, Green }\nconsole.log(Colour[1], process.argv, __filename);"),
        ["an uncaught error"] = ("main.ts", "interface Point { x: number }\n\nfunction half(point: Point): number {\n  throw new RangeError(`x is ${point.x}`);\n}\n\nhalf({ x: 3 });"),
        ["an error in a callback"] = ("main.ts", "type Late = () => void;\nconst late: Late = () => { throw new TypeError('late'); };\nsetTimeout(late, 1);"),
        ["standard input"] = ("main.ts", "process.stdin.on('data', (data: Buffer) => console.log(data.length)).on('end', () => { process.exitCode = 4; });"),
        ["an error of types"] = ("main.ts", "const wrong: number = 'text';\nconsole.log(wrong);"),
    };

    public static TheoryData<string> Programs => [.. _programs.Keys];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task A_program_cannot_tell_and_nobody_sees(string name)
    {
        var (entryPoint, program) = _programs[name];
        var compiles = name != "an error of types";

        var cold = await AssertSameAsync(Request(entryPoint, program, "a b", "--c"), compiles ? Mould : "bare");

        Assert.Equal(compiles, cold.Run is not null);
    }
}
