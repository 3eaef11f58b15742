using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using OnlineCompiler.WholeApp.Tests.Application;
using OnlineCompiler.WholeApp.Tests.Executions;
using OnlineCompiler.WholeApp.Tests.Piston;

namespace OnlineCompiler.WholeApp.Tests.Complaints;

/// <summary>What users of Piston complain of, and what they meet here instead; docs/piston.md has the list.</summary>
public sealed class ComplaintTests(SharedApp shared)
{
    [Fact]
    public async Task Output_does_not_end_at_1024_characters_and_where_it_ends_it_says_so()
    {
        var whole = await shared.Http.RunJobAsync(Jobs.OfProgram("python", "for i in range(20_000): print(i)"));
        var cut = await shared.Http.RunJobAsync(Jobs.OfProgram("python", "print('x' * 2_000_000)"));

        whole.AssertStage("run", 0, null, null, null);
        Assert.Equal(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i}\n")), whole["run"]!["stdout"].Text());
        cut.AssertStage("run", null, "SIGKILL", "OL", "stdout length exceeded");
        Assert.Equal(new string('x', 1 << 20), cut["run"]!["stdout"].Text());
    }

    [Fact]
    public async Task A_request_does_not_end_at_100_kilobytes_and_where_it_ends_a_sentence_says_so()
    {
        var input = await shared.Http.RunJobAsync(Jobs.OfProgram("python", "print(len(input()))").With("stdin", new string('x', 3_000_000)));
        using var large = new HttpRequestMessage(HttpMethod.Post, "/api/v2/execute")
        {
            Content = new StringContent(Jobs.OfProgram("python", "pass").With("stdin", new string('x', 13_000_000)).ToJsonString(), Encoding.UTF8, "application/json"),
        };
        // As curl asks first: who sends it all the same may be cut off while it does.
        large.Headers.ExpectContinue = true;
        using var tooLarge = await shared.Http.SendAsync(large, TestContext.Current.CancellationToken);
        var error = await tooLarge.ReadJsonAsync();

        Assert.Equal("3000000\n", input["run"]!["stdout"].Text());
        Assert.Equal(HttpStatusCode.BadRequest, tooLarge.StatusCode);
        Assert.Equal("request entity too large: at most 12582912 bytes", error["message"].Text());
        Assert.Equal("PayloadTooLargeError: request entity too large: at most 12582912 bytes", error["stack"].Text());
    }

    [Theory]
    [InlineData("/api/v2/execute")]
    [InlineData("/api/v2/piston/execute")]
    public async Task Nobody_closes_it_and_nobody_asks_for_a_key(string address)
    {
        using var response = await shared.Http.PostAsJsonAsync(address, Jobs.OfProgram("python", "print('open')"), TestContext.Current.CancellationToken);
        var answer = await response.ReadJsonAsync();

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("open\n", answer["run"]!["stdout"].Text());
    }

    [Fact]
    public async Task A_page_of_another_origin_needs_no_proxy()
    {
        using var ask = new HttpRequestMessage(HttpMethod.Options, "/api/v2/execute");
        ask.Headers.Add("Origin", SharedApp.FriendlyOrigin);
        ask.Headers.Add("Access-Control-Request-Method", "POST");
        ask.Headers.Add("Access-Control-Request-Headers", "content-type");
        using var allowed = await shared.Http.SendAsync(ask, TestContext.Current.CancellationToken);
        using var run = new HttpRequestMessage(HttpMethod.Post, "/api/v2/execute") { Content = JsonContent.Create(Jobs.OfProgram("python", "print(1)")) };
        run.Headers.Add("Origin", SharedApp.FriendlyOrigin);
        using var ran = await shared.Http.SendAsync(run, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NoContent, allowed.StatusCode);
        Assert.Contains("content-type", string.Join(',', allowed.Headers.GetValues("Access-Control-Allow-Headers")), StringComparison.OrdinalIgnoreCase);
        Assert.All(new[] { allowed, ran }, response => Assert.Equal([SharedApp.FriendlyOrigin], response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal(HttpStatusCode.OK, ran.StatusCode);
    }

    [Theory]
    [InlineData("python", "numpy", "import numpy; print(numpy.arange(4).sum())")]
    [InlineData("javascript", "lodash", "console.log(require('lodash').sum([0, 1, 2, 3]))")]
    public async Task There_are_libraries_and_a_list_of_them(string language, string library, string program)
    {
        var languages = await shared.Http.GetFromJsonAsync<JsonNode>("/api/v1/languages", TestContext.Current.CancellationToken);
        var libraries = languages!["languages"]!.AsArray().Single(item => item!["id"].Text() == language)!["libraries"]!.AsArray();
        Assert.SkipUnless(libraries.Any(item => item!["name"].Text() == library), "Only with --libraries.");

        var answer = await shared.Http.RunJobAsync(Jobs.OfProgram(language, program));

        answer.AssertStage("run", 0, null, null, null);
        Assert.Equal("6\n", answer["run"]!["stdout"].Text());
    }

    [Fact]
    public async Task Java_has_main_in_any_class_and_any_number_of_files()
    {
        var any = await shared.Http.RunJobAsync(Jobs.OfProgram(
            "java", "record Pair(int a, int b) { }\nclass Start { public static void main(String[] a) { System.out.println(new Pair(1, 2)); } }"));
        var several = await shared.Http.RunJobAsync(Jobs.Of(
            "java",
            new { name = "Main.java", content = "public class Main { public static void main(String[] a) { System.out.println(shapes.Square.area(3)); } }" },
            new { name = "shapes/Square.java", content = "package shapes; public class Square { public static int area(int side) { return side * side; } }" }));

        Assert.Equal("Pair[a=1, b=2]\n", any["run"]!["stdout"].Text());
        Assert.Equal("9\n", several["run"]!["stdout"].Text());
    }

    [Fact]
    public async Task Nothing_is_killed_without_a_reason_and_a_time_out_is_told_from_the_rest()
    {
        var clock = await shared.Http.RunJobAsync(Jobs.OfProgram("python", "import time; time.sleep(60)").With("run_timeout", 300));
        var memory = await shared.Http.RunJobAsync(Jobs.OfProgram("python", "x = bytearray(1 << 30)\nprint(len(x))").With("run_memory_limit", 64 << 20));

        clock.AssertStage("run", null, "SIGKILL", "TO", "Time limit exceeded (wall clock)");
        Assert.Contains("memory limit of 64 MiB", memory["run"]!["message"].Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_load_a_job_runs_well_or_is_refused_and_is_never_killed()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 80).Select(async i =>
        {
            using var response = await shared.Http.PostAsJsonAsync("/api/v2/execute", Jobs.OfProgram("python", $"print({i})"), TestContext.Current.CancellationToken);
            return (Number: i, response.StatusCode, Body: await response.ReadJsonAsync());
        }));

        Assert.All(answers, answer => Assert.True(
            answer.StatusCode is HttpStatusCode.OK
                ? answer.Body["run"]!["stdout"].Text() == $"{answer.Number}\n" && answer.Body["run"]!["signal"] is null
                : answer.StatusCode is HttpStatusCode.TooManyRequests && answer.Body["message"].Text() == "Requests limited to 1 per 200ms",
            $"{answer.StatusCode} {answer.Body.ToJsonString()}"));
        Assert.Contains(answers, answer => answer.StatusCode is HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_program_has_no_privileges_whatever_its_container_has()
    {
        var answer = await shared.Http.RunJobAsync(Jobs.OfProgram("bash", "id -u; grep -E '^(CapEff|NoNewPrivs|Seccomp):' /proc/self/status"));

        Assert.Equal("1000\nCapEff:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n", answer["run"]!["stdout"].Text());
    }

    [Theory]
    // What Piston's public instance had.
    [InlineData("python", "3.10.0")]
    [InlineData("c++", "10.2.0")]
    [InlineData("java", "15.0.2")]
    [InlineData("javascript", "18.15.0")]
    public async Task Toolchains_are_newer_than_the_public_instances(string language, string version)
    {
        var runtimes = await shared.Http.GetFromJsonAsync<JsonArray>("/api/v2/runtimes", TestContext.Current.CancellationToken);

        var newest = runtimes!.Where(runtime => runtime!["language"].Text() == language).Max(runtime => Version.Parse(runtime!["version"].Text()));

        Assert.True(newest > Version.Parse(version), $"{language} is {newest}.");
    }
}
