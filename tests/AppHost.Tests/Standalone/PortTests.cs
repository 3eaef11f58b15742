using System.Net;
using System.Net.Sockets;
using OnlineCompiler.AppHost.Standalone.Orchestration;

namespace OnlineCompiler.AppHost.Tests.Standalone;

public sealed class PortTests : IDisposable
{
    private readonly PortReservations _ports = new();
    private readonly TcpListener _other = new(IPAddress.Loopback, 0);

    public PortTests() => _other.Start();

    private int TakenPort => ((IPEndPoint)_other.LocalEndpoint).Port;

    public void Dispose()
    {
        _ports.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void A_taken_port_that_only_we_use_gives_way()
    {
        var service = Service(out var endpoint);
        endpoint.Port = TakenPort;

        _ports.Allocate(service, randomize: false);

        Assert.NotNull(endpoint.AllocatedPort);
        Assert.NotEqual(TakenPort, endpoint.AllocatedPort);
    }

    [Fact]
    public void A_taken_port_that_people_use_is_an_error_that_names_it()
    {
        var service = Service(out var endpoint);
        (endpoint.Port, endpoint.IsExternal) = (TakenPort, true);

        var error = Assert.Throws<DistributedApplicationException>(() => _ports.Allocate(service, randomize: false));

        Assert.Contains($"Port {TakenPort}, where \"service\" is to listen, is taken.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_a_test_no_wanted_port_is_used()
    {
        var service = Service(out var endpoint);
        (endpoint.Port, endpoint.IsExternal) = (TakenPort, true);

        _ports.Allocate(service, randomize: true);

        Assert.NotEqual(TakenPort, endpoint.AllocatedPort);
    }

    [Fact]
    public void A_held_port_is_given_to_no_one_else_yet_can_be_listened_on()
    {
        var port = _ports.Hold(0);

        Assert.NotEqual(port, _ports.Hold(0));
        using var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
    }

    private static ProjectResource Service(out EndpointAnnotation endpoint)
    {
        endpoint = new EndpointAnnotation("http", "http");
        var service = new ProjectResource("service");
        service.Annotations.Add(endpoint);
        return service;
    }
}
