using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using OnlineCompiler.Gateway.Callbacks;

namespace OnlineCompiler.Gateway.Tests.Callbacks;

public sealed class TargetTests
{
    private const string ManyLetters = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    [Theory]
    [InlineData("https://example.com/hook?x=1")]
    [InlineData("http://example.com")]
    [InlineData("HTTPS://EXAMPLE.COM:443/")]
    [InlineData("https://xn--mnchen-3ya.example/")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("https://[2606:4700:4700::1111]/")]
    [InlineData("https://[::ffff:8.8.8.8]/")]
    [InlineData("https://example.com/@127.0.0.1")]
    [InlineData("https://localhost.example/")]
    public void The_public_internet_may_be_called(string url) => Assert.Null(Targets().Refusal(url));

    [Theory]
    // Loopback, in every way that a number can be written.
    [InlineData("http://127.0.0.1/")]
    [InlineData("http://127.1/")]
    [InlineData("http://127.0.1/")]
    [InlineData("http://2130706433/")]
    [InlineData("http://017700000001/")]
    [InlineData("http://0x7f000001/")]
    [InlineData("http://0x7f.0.0.1/")]
    [InlineData("http://0177.0.0.01/")]
    [InlineData("http://127.0.0.1./")]
    [InlineData("http://%31%32%37.0.0.1/")]
    [InlineData("http://127.255.255.254/")]
    [InlineData("http://localhost/")]
    [InlineData("http://LocalHost./")]
    [InlineData("http://any.localhost/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://[0:0:0:0:0:0:0:1]/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    [InlineData("http://[::ffff:7f00:1]/")]
    [InlineData("http://[::127.0.0.1]/")]
    // Unspecified, private, shared, link-local: machines' metadata.
    [InlineData("http://0/")]
    [InlineData("http://0.0.0.0/")]
    [InlineData("http://[::]/")]
    [InlineData("http://10.0.0.1/")]
    [InlineData("http://172.16.0.1/")]
    [InlineData("http://172.31.255.255/")]
    [InlineData("http://192.168.1.1/")]
    [InlineData("http://100.64.0.1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://0xa9fea9fe/")]
    [InlineData("http://[::ffff:169.254.169.254]/")]
    [InlineData("http://[fd00:ec2::254]/")]
    [InlineData("http://[fc00::1]/")]
    [InlineData("http://[fe80::1]/")]
    [InlineData("http://[fec0::1]/")]
    // IPv4 wrapped for somebody to unwrap: NAT64, 6to4, Teredo.
    [InlineData("http://[64:ff9b::7f00:1]/")]
    [InlineData("http://[64:ff9b:1::a00:1]/")]
    [InlineData("http://[2002:7f00:1::]/")]
    [InlineData("http://[2001:0:4136:e378:8000:63bf:3fff:fdd2]/")]
    // Multicast, broadcast, reserved, documentation, benchmarks, assignments.
    [InlineData("http://224.0.0.1/")]
    [InlineData("http://255.255.255.255/")]
    [InlineData("http://240.0.0.1/")]
    [InlineData("http://192.0.2.1/")]
    [InlineData("http://198.51.100.1/")]
    [InlineData("http://203.0.113.1/")]
    [InlineData("http://198.18.0.1/")]
    [InlineData("http://192.0.0.170/")]
    [InlineData("http://192.88.99.1/")]
    [InlineData("http://[ff02::1]/")]
    [InlineData("http://[2001:db8::1]/")]
    [InlineData("http://[2001:2::1]/")]
    [InlineData("http://[3fff::1]/")]
    [InlineData("http://[5f00::1]/")]
    [InlineData("http://[100::1]/")]
    // What only looks like somewhere else.
    [InlineData("http://example.com@127.0.0.1/")]
    [InlineData("http://user@example.com/")]
    [InlineData("http://user:password@example.com/")]
    [InlineData("http://127.0.0.1#@example.com/")]
    [InlineData("http:\\\\127.0.0.1/")]
    [InlineData("http://①②⑦.⓪.⓪.①/")]
    [InlineData("http://ⓛocalhost/")]
    [InlineData("http://münchen.example/")]
    // Other ports and schemes, and no URL at all.
    [InlineData("http://example.com:22/")]
    [InlineData("http://example.com:6379/")]
    [InlineData("http://example.com:0/")]
    [InlineData("http://example.com:65536/")]
    [InlineData("ftp://example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//example.com/")]
    [InlineData("/hook")]
    [InlineData("http://")]
    [InlineData("http://[::1")]
    [InlineData("http://a b/")]
    [InlineData($"http://{ManyLetters}{ManyLetters}{ManyLetters}{ManyLetters}.example/")]
    [InlineData("")]
    public void Nothing_else_may(string url) => Assert.NotNull(Targets().Refusal(url));

    [Fact]
    public void A_URL_of_more_than_2048_characters_is_refused()
    {
        var url = "https://example.com/".PadRight(2048, 'x');

        Assert.Null(Targets().Refusal(url));
        Assert.NotNull(Targets().Refusal(url + "x"));
    }

    [Fact]
    public void An_operator_opens_networks_and_ports_by_name()
    {
        var targets = Targets(options =>
        {
            options.AllowedNetworks = ["10.1.0.0/16", "fd12::/16"];
            options.AllowedPorts = ["8443", "9000-9001"];
        });

        Assert.Null(targets.Refusal("http://10.1.2.3:8443/"));
        Assert.Null(targets.Refusal("http://[fd12::1]:9001/"));
        Assert.Null(targets.Refusal("http://[::ffff:10.1.2.3]/"));
        Assert.NotNull(targets.Refusal("http://10.2.2.3/"));
        Assert.NotNull(targets.Refusal("http://10.1.2.3:9002/"));
        Assert.NotNull(targets.Refusal("http://localhost/"));
    }

    [Fact]
    public async Task A_name_leads_where_its_one_lookup_said_and_not_inside()
    {
        await using var receiver = await Receiver.StartAsync("127.0.0.1", "127.0.0.2");
        // The first address stands for the outside, the second for the inside.
        var answers = new Queue<string[]>([["127.0.0.1"], ["127.0.0.2"], ["127.0.0.1", "127.0.0.2"], ["::ffff:127.0.0.2"], [], ["127.0.0.1"]]);
        var lookups = new List<string>();
        Task<IPAddress[]> Resolve(string host, CancellationToken cancellationToken)
        {
            lookups.Add(host);
            return Task.FromResult(answers.Dequeue().Select(IPAddress.Parse).ToArray());
        }
        var targets = Targets(options => (options.AllowedNetworks, options.AllowedPorts) = (["127.0.0.1/32"], [$"{receiver.Port}"]));

        var outcomes = new List<HttpStatusCode?>();
        while (answers.Count > 0)
        {
            // Each a sender of its own: a connection that is kept need not be looked up.
            using var sender = new CallbackSender(new GuardedConnection(targets, Resolve), TimeProvider.System);
            outcomes.Add(await TrySendAsync(sender, $"http://rebinding.example:{receiver.Port}/"));
        }

        Assert.Equal([HttpStatusCode.OK, null, null, null, null, HttpStatusCode.OK], outcomes);
        Assert.Equal(Enumerable.Repeat("rebinding.example", 6), lookups);
        Assert.All(receiver.Addresses, address => Assert.Equal(IPAddress.Loopback, address));
        Assert.Equal(2, receiver.Requests.Count);
    }

    [Fact]
    public async Task A_name_that_is_not_known_is_no_answer()
    {
        using var sender = new CallbackSender(
            new GuardedConnection(Targets(), (_, _) => throw new SocketException((int)SocketError.HostNotFound)), TimeProvider.System);

        Assert.Null(await TrySendAsync(sender, "http://nowhere.example/"));
    }

    private static CallbackTargets Targets(Action<CallbackOptions>? configure = null)
    {
        var options = new CallbackOptions();
        configure?.Invoke(options);
        return new CallbackTargets(Options.Create(options));
    }

    /// <summary>Null when there was no answer.</summary>
    private static async Task<HttpStatusCode?> TrySendAsync(CallbackSender sender, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url);
        try
        {
            return (await sender.SendAsync(request, TestContext.Current.CancellationToken)).Status;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
