using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace OnlineCompiler.Gateway.Tests.Piston;

/// <summary>Whatever is sent, the answer is a refusal in words, and never an accident.</summary>
public sealed class HostileTests
{
    private const int Jobs = 600;

    private static readonly string[] Members =
    [
        "language", "version", "files", "stdin", "args", "compile_timeout", "run_timeout", "compile_cpu_time", "run_cpu_time",
        "compile_memory_limit", "run_memory_limit", "\\ud800", "__proto__",
    ];

    private static readonly string[] Values =
    [
        "null", "true", "0", "-0", "-1", "1e999", "-1e999", "1e-999", "9223372036854775808", "\"\"", "\"x\"", "\"\\u0000\"", "\"\\udfff\"", "[]", "{}", "[null]",
        "[[]]", "[{}]", "\"*\"", "\"^\"", "\"- - -\"", "\"1.2.3.4.5\"", "\"99999999999.0.0\"", "\"||\"", "\"../../etc/passwd\"",
        """[{"content":"x","name":"../x"}]""", """[{"content":"x","name":"\u0000"}]""", """[{"content":"\ud800"}]""", """[{"content":"x","encoding":{}}]""",
        """[{"content":"x","encoding":"\ud800"}]""", """[{"content":"%%%","encoding":"base64"},{"content":"x"}]""", """[{"content":"x","name":".."}]""",
        """["a",1e999,true,"\ud800"]""",
    ];

    [Fact]
    public async Task No_job_makes_the_server_fail()
    {
        await using var gateway = await Instance.StartAsync(("Gateway:RateLimits:RunBurst", "1000000"));
        var random = new Random(20_261_124);
        var refused = 0;

        for (var i = 0; i < Jobs; i++)
        {
            var job = RandomJob(random);
            var response = await gateway.PostAsync(i % 2 == 0 ? Instance.Execute : "/api/v2/piston/execute", job);
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest, $"{(int)response.StatusCode} for {job}: {text}");
            if (response.StatusCode is HttpStatusCode.BadRequest)
            {
                refused++;
                Assert.False(string.IsNullOrWhiteSpace((string?)JsonNode.Parse(text)!["message"]), $"{job}: {text}");
                Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
            }
        }

        // Some of them are right by chance; if all or none were, this would show nothing.
        Assert.InRange(refused, Jobs / 4, Jobs - 10);
    }

    [Theory]
    [InlineData("application/json; charset=utf-7")]
    [InlineData("application/json; charset=\"\"")]
    [InlineData("application/json; charset")]
    [InlineData("application/json;;;")]
    [InlineData("application/jsonp")]
    public async Task No_header_makes_the_server_fail(string mediaType)
    {
        await using var gateway = await Instance.StartAsync();
        foreach (var body in new[] { Encoding.UTF8.GetBytes(Instance.Program), [0xFF, 0xFE, 0x00], "\uFEFF{}"u8.ToArray(), Encoding.UTF8.GetBytes(new string('[', 100_000)) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, Instance.Execute) { Content = new ByteArrayContent(body) };
            request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);

            var response = await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.True(
                response.StatusCode is HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.UnsupportedMediaType,
                string.Create(CultureInfo.InvariantCulture, $"{(int)response.StatusCode} for {body.Length} bytes of {mediaType}"));
        }
    }

    // Text, not a tree: half characters and members that come twice are part of it.
    private static string RandomJob(Random random)
    {
        var members = new List<string>
        {
            "\"language\":\"python\"", "\"version\":\"*\"", "\"files\":[{\"content\":\"x\"}]",
        };
        for (var changes = random.Next(1, 3); changes > 0; changes--)
            members.Add($"\"{Members[random.Next(Members.Length)]}\":{Values[random.Next(Values.Length)]}");
        return "{" + string.Join(',', members) + "}";
    }
}
