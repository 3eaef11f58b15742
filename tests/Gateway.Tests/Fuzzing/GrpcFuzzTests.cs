using System.Buffers.Binary;
using System.Net;
using System.Text;
using Google.Protobuf;
using OnlineCompiler.Execution.V1;

namespace OnlineCompiler.Gateway.Tests.Fuzzing;

/// <summary>Calls that no gRPC client would make; errors there are gRPC's.</summary>
public sealed class GrpcFuzzTests
{
    private const int Seed = 20_261_201;
    private const int Requests = 500;

    private static readonly string[] _paths =
    [
        "/onlinecompiler.execution.v1.Execution/Execute", "/onlinecompiler.execution.v1.Execution/ExecuteStream", "/onlinecompiler.execution.v1.Execution/Attach",
        "/onlinecompiler.execution.v1.Execution/Judge", "/onlinecompiler.execution.v1.Execution/Submit", "/onlinecompiler.execution.v1.Execution/ListLanguages",
        "/onlinecompiler.execution.v1.Execution/Nothing", "/onlinecompiler.execution.v1.Execution/", "/onlinecompiler.execution.v1.Execution/%ff", "/onlinecompiler.ai.v1.Assistant/Explain",
        "/onlinecompiler.session.v1.Sessions/GetSession", "/grpc.health.v1.Health/Check", "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
    ];

    private static readonly (string Name, string Value)[] _headers =
    [
        ("grpc-timeout", "1n"), ("grpc-timeout", "99999999999S"), ("grpc-timeout", "soon"), ("grpc-encoding", "gzip"), ("grpc-encoding", "bogus"), ("grpc-accept-encoding", ",,"),
        ("x-caller", "admin"), ("authorization", "Bearer x"), ("some-bin", "%%%"), ("te", "gzip"), ("grpc-message", "x"), ("grpc-status", "0"), ("user-agent", "é"),
    ];

    private static readonly byte[] _message = new ExecuteRequest
    {
        Language = "python",
        Files = { new SourceFile { Path = "main.py", Content = ByteString.CopyFromUtf8("print(1)") } },
        Limits = new Limits { WallTimeLimitMs = 1_000 },
    }.ToByteArray();

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("application/grpc-web")]
    [InlineData("application/grpc-web-text")]
    public async Task No_call_makes_the_server_fail(string mediaType)
    {
        await using var gateway = await FuzzedGateway.StartAsync();
        using var http = FuzzRun.CreateClient(mediaType is "application/grpc" ? gateway.GrpcAddress : gateway.Address);
        var rules = new AnswerRules(ApiDescription.Parse(await gateway.Http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken)));
        var answered = 0;
        for (var number = 0; number < FuzzRun.Setting("FUZZ_REQUESTS", Requests); number++)
        {
            var seed = FuzzRun.Setting("FUZZ_SEED", Seed) + number;
            using var call = Call(mediaType, new Random(seed));
            var told = $"FUZZ_SEED={seed} FUZZ_REQUESTS=1: {call}\n{Convert.ToHexString(await call.Content!.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))}";
            using var response = await SendAsync(http, call, () => Call(mediaType, new Random(seed)), told);
            var answer = await FuzzAnswer.ReadAsync(response, TestContext.Current.CancellationToken);

            told += $"\n{answer.Status} {string.Join(", ", answer.Headers)} {answer.Text} {response.TrailingHeaders}";
            Assert.True(answer.Status < 500, told);
            Assert.True(!rules.Leaks(WebUtility.UrlDecode(answer.Text + response.TrailingHeaders + answer.Headers.GetValueOrDefault("grpc-message"))).Any(), told);
            answered += answer.Status == 200 ? 1 : 0;
        }

        Assert.True(answered > Requests / 2 || FuzzRun.Setting("FUZZ_REQUESTS", Requests) < Requests, $"{answered} of {Requests} were gRPC's to answer.");
    }

    // The server may close a connection of HTTP/1.1 whose last body it has not read just when the next request is on its way (RFC 9112, 9.5).
    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpRequestMessage call, Func<HttpRequestMessage> again, string told)
    {
        try
        {
            return await http.SendAsync(call, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.ResponseEnded && call.Version == HttpVersion.Version11)
        {
            TestContext.Current.SendDiagnosticMessage("{0} was sent again.", told);
            return await http.SendAsync(again(), TestContext.Current.CancellationToken);
        }
    }

    private static HttpRequestMessage Call(string mediaType, Random random)
    {
        var body = Body(random);
        var call = new HttpRequestMessage(random.Next(20) == 0 ? HttpMethod.Put : HttpMethod.Post, _paths[random.Next(_paths.Length)])
        {
            Version = mediaType is "application/grpc" ? HttpVersion.Version20 : HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(mediaType.EndsWith("text", StringComparison.Ordinal) && random.Next(4) != 0 ? Encoding.ASCII.GetBytes(Convert.ToBase64String(body)) : body),
        };
        call.Content.Headers.TryAddWithoutValidation("Content-Type", random.Next(20) == 0 ? "application/grpc+json" : mediaType);
        if (random.Next(10) != 0)
            call.Headers.TryAddWithoutValidation("te", "trailers");
        if (random.Next(3) == 0)
        {
            var (name, value) = _headers[random.Next(_headers.Length)];
            call.Headers.TryAddWithoutValidation(name, value);
        }

        return call;
    }

    // A message behind its flag and length, any of which may be wrong.
    private static byte[] Body(Random random)
    {
        var message = (byte[])_message.Clone();
        for (var changes = random.Next(4); changes > 0; changes--)
            message[random.Next(message.Length)] = (byte)random.Next(256);
        var header = new byte[5];
        header[0] = (byte)(random.Next(8) == 0 ? random.Next(256) : 0);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(1), random.Next(6) switch
        {
            0 => (uint)random.Next(message.Length),
            1 => (uint)random.NextInt64(uint.MaxValue),
            _ => (uint)message.Length,
        });
        return random.Next(12) switch
        {
            0 => [],
            1 => header[..random.Next(5)],
            2 => [.. header, .. message[..random.Next(message.Length)]],
            3 => [.. header, .. message, .. header, .. message],
            _ => [.. header, .. message],
        };
    }
}
