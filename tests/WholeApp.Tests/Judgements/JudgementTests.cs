using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Application;
using OnlineCompiler.WholeApp.Tests.Executions;

namespace OnlineCompiler.WholeApp.Tests.Judgements;

public sealed class JudgementTests(SharedApp shared)
{
    private const string Sum = "#include <iostream>\nint main() { long a, b; std::cin >> a >> b; std::cout << a + b << std::endl; }";

    [Fact]
    public async Task A_program_is_judged_by_tests_open_and_hidden()
    {
        var body = new
        {
            program = Part("cpp", "main.cpp", Sum),
            tests = new object[]
            {
                new { input = "1 2", expectedOutput = "3" },
                new { id = "wrong", input = "2 2", expectedOutput = "5", points = 3 },
                new { id = "secret", input = "1000000000000 4711", expectedOutput = "1000000004711", points = 2, hidden = true },
            },
        };

        using var response = await shared.Http.PostAsJsonAsync("/api/v1/judgements", body, TestContext.Current.CancellationToken);
        var answer = await response.ReadJsonAsync();

        Assert.True(response.IsSuccessStatusCode, answer.ToJsonString());
        Assert.Equal("wrongAnswer", answer["verdict"].Text());
        Assert.Equal((3, 6), (answer["score"]!.GetValue<double>(), answer["points"]!.GetValue<double>()));
        Assert.Equal("succeeded", answer["compiled"]!.AsArray().Single()!["result"]!["outcome"].Text());
        Assert.Equal(["accepted", "wrongAnswer", "accepted"], answer["tests"]!.AsArray().Select(test => test!["verdict"].Text()));
        Assert.Equal("Line 1: expected \"5\", found \"4\".", answer["tests"]![1]!["message"].Text());
        Assert.DoesNotContain("4711", answer.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hundred_tests_of_a_compiled_program_cost_one_compilation()
    {
        var body = new
        {
            // Never compiled before: of what was, nothing is compiled at all.
            program = Part("cpp", "main.cpp", $"// {Guid.NewGuid()}\n{Sum}"),
            tests = Enumerable.Range(0, 100).Select(i => new { input = $"{i} {i}", expectedOutput = $"{2 * i}" }),
        };

        var events = await StreamAsync(body);

        var compiled = Assert.Single(events, item => item.Type == "compiled");
        Assert.Equal(("succeeded", (bool?)null), (compiled.Data["result"]!["outcome"].Text(), (bool?)compiled.Data["result"]!["cached"]));
        Assert.Equal(100, events.Count(item => item.Type == "test" && item.Data["verdict"].Text() == "accepted"));
        Assert.Equal(("result", 100), (events[^1].Type, events[^1].Data["accepted"]!.GetValue<int>()));
    }

    [Fact]
    public async Task An_interactive_problem_is_told_as_it_happens()
    {
        var body = new
        {
            program = Part("python", "main.py", "low, high = 1, 100\nwhile True:\n    guess = (low + high) // 2\n    print(guess, flush=True)\n    answer = input()\n    if answer == 'right': break\n    if answer == 'less': high = guess - 1\n    else: low = guess + 1"),
            interactor = Part("python", "talk.py", "import sys\nsecret = int(open(sys.argv[1]).read())\nfor _ in range(7):\n    guess = int(sys.stdin.readline())\n    if guess == secret: sys.exit(print('right', flush=True))\n    print('less' if secret < guess else 'greater', flush=True)\nsys.exit(1)"),
            tests = new object[] { new { input = "1" }, new { input = "100" }, new { input = "101" } },
        };

        var events = await StreamAsync(body);

        Assert.Equal(["accepted", "test", "test", "test", "result"], events.Select(item => item.Type));
        Assert.Equal(
            ["accepted", "accepted", "wrongAnswer"],
            events.Where(item => item.Type == "test").OrderBy(item => item.Data["index"]!.GetValue<int>()).Select(item => item.Data["verdict"].Text()));
        Assert.Equal("wrongAnswer", events[^1].Data["verdict"].Text());
    }

    private static object Part(string language, string path, string content) => new { language, files = new[] { new { path, content } } };

    private async Task<IReadOnlyList<(string Type, JsonNode Data)>> StreamAsync(object body)
    {
        var events = new List<(string Type, JsonNode Data)>();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/judgements/stream") { Content = JsonContent.Create(body) };
        using var response = await shared.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await using var stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
            events.Add((item.EventType, JsonNode.Parse(item.Data)!));
        return events;
    }
}
