using OnlineCompiler.Execution.V1;
using OnlineCompiler.Hostile.Tests.Witness;

namespace OnlineCompiler.Hostile.Tests.Escape;

/// <summary>Programs that want to talk to somebody. Addresses beyond the host's own are those reserved for documentation.</summary>
public sealed class NetworkTests(WatchedHost host)
{
    [Fact]
    public async Task Python_reaches_no_address_of_the_host_over_tcp_or_udp()
    {
        var addresses = string.Join(", ", HostAddresses().Select(address => $"'{address}'"));

        var answer = await host.RunAsync(Requests.Python($"""
            import errno, socket
            for address in [{addresses}]:
                family = socket.AF_INET6 if ':' in address else socket.AF_INET
                for kind, port in ((socket.SOCK_STREAM, {host.Canaries.TcpPort}), (socket.SOCK_DGRAM, {host.Canaries.UdpPort})):
                    connection = socket.socket(family, kind)
                    connection.settimeout(1)
                    try:
                        connection.connect((address, port))
                        connection.send(b'hello')
                        connection.send(b'hello')
                        print(address, port, 'reached')
                    except OSError as error:
                        pass
            print('tried')
            """));

        answer.ShouldPrint("tried\n");
    }

    [Fact]
    public async Task Java_reaches_neither_the_host_nor_the_world()
    {
        var answer = await host.RunAsync(Programs.Java($$"""
            for (var address : new String[] { "127.0.0.1", "0.0.0.0", "::1", "192.0.2.1", "2001:db8::1" })
                try (var socket = new Socket()) {
                    socket.connect(new InetSocketAddress(InetAddress.getByName(address), {{host.Canaries.TcpPort}}), 1000);
                    System.out.println("reached " + address);
                } catch (IOException e) {
                    System.out.println(e.getMessage());
                }
            """));

        Assert.Equal(Outcome.Succeeded, answer.Outcome);
        Assert.Equal(
            ["Connection refused", "Connection refused", "Connection refused", "Network is unreachable", "Network is unreachable"],
            answer.Output().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Node_reaches_neither_the_host_nor_the_world()
    {
        var answer = await host.RunAsync(Programs.JavaScript($$"""
            const net = require('net');
            const tries = [['127.0.0.1', {{host.Canaries.TcpPort}}], ['::1', {{host.Canaries.TcpPort}}], ['192.0.2.1', 80], ['2001:db8::1', 80], ['203.0.113.7', 443]];
            Promise.all(tries.map(([address, port]) => new Promise(tell => net.connect(port, address)
              .on('connect', () => tell('reached')).on('error', error => tell(error.code))))).then(codes => console.log(codes.join(' ')));
            """));

        answer.ShouldPrint("ECONNREFUSED ECONNREFUSED ENETUNREACH ENETUNREACH ENETUNREACH\n");
    }

    [Fact]
    public async Task Bash_reaches_nothing_through_its_own_sockets()
    {
        var answer = await host.RunAsync(Requests.Bash($"for to in tcp/127.0.0.1/{host.Canaries.TcpPort} udp/192.0.2.1/53 tcp/192.0.2.1/80; do (exec 3<> /dev/$to; echo x >&3) 2> error && echo reached; grep -o 'Connection refused\\|Network is unreachable' error | tail -n 1; done; true"));

        answer.ShouldPrint("Connection refused\nNetwork is unreachable\nNetwork is unreachable\n");
    }

    [Fact]
    public async Task Names_are_not_resolved()
    {
        var answer = await host.RunAsync(Requests.Python("""
            import socket
            for name in ('name.example', 'localhost.localdomain.example', socket.gethostname() + '.example'):
                try:
                    print(socket.getaddrinfo(name, 80))
                except socket.gaierror as error:
                    print('unknown')
            print(socket.gethostbyname('localhost'))
            """));

        answer.ShouldPrint("unknown\nunknown\nunknown\n127.0.0.1\n");
    }

    [Fact]
    public async Task An_abstract_socket_of_the_host_cannot_be_heard_or_called()
    {
        var answer = await host.RunAsync(Requests.Python($"""
            import socket
            print('{host.Canaries.AbstractName}' in open('/proc/net/unix').read(), open('/proc/net/unix').read().count('@'))
            try:
                socket.socket(socket.AF_UNIX).connect('\0{host.Canaries.AbstractName}')
                print('reached')
            except OSError as error:
                print(error.strerror)
            for path in ('/zone/launcher.sock', '/run/docker.sock', '/run/dbus/system_bus_socket', '/run/systemd/private'):
                try:
                    socket.socket(socket.AF_UNIX).connect(path)
                    print('reached', path)
                except FileNotFoundError:
                    pass
            """));

        answer.ShouldPrint("False 0\nConnection refused\n");
    }

    [Fact]
    public async Task Sockets_that_know_no_network_namespace_are_refused()
    {
        // packet, vsock, alg, bluetooth, can, tipc, xdp, rds, key, nfc, smc, qipcrtr; then as pairs, and raw ones.
        var answer = await host.RunAsync(Programs.C("""
            static const int families[] = { 17, 40, 38, 31, 29, 30, 44, 21, 15, 39, 43, 42 };
            int pair[2], made = 0;
            for (size_t i = 0; i < sizeof families / sizeof *families; i++)
                for (int kind = 1; kind < 6; kind++)
                    made += socket(families[i], kind, 0) >= 0 || errno != EPERM;
            for (int family = 2; family < 46; family++)
                made += socketpair(family, SOCK_STREAM, 0, pair) == 0;
            made += socket(AF_INET, SOCK_RAW, 1) >= 0 || socket(AF_INET6, SOCK_RAW, 58) >= 0 || socket(AF_INET, 10, 0) >= 0;
            printf("%d\n", made);
            """));

        answer.ShouldPrint("0\n");
    }

    [Fact]
    public async Task Interfaces_addresses_and_routes_cannot_be_made_over_netlink()
    {
        // RTM_NEWLINK, RTM_NEWADDR, RTM_NEWROUTE, RTM_SETLINK, each acknowledged with an error.
        var answer = await host.RunAsync(Requests.Python("""
            import errno, socket, struct
            for kind, body in ((16, struct.pack('BxHiII', 0, 0, 0, 1, 1)), (20, struct.pack('BBBBI', 2, 8, 0, 0, 1)), (24, struct.pack('BBBBBBBBI', 2, 0, 0, 0, 254, 3, 0, 1, 0)), (19, struct.pack('BxHiII', 0, 0, 1, 1, 1))):
                netlink = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0)
                netlink.send(struct.pack('IHHII', 16 + len(body), kind, 0x605, 1, 0) + body)
                answer = netlink.recv(4096)
                print(errno.errorcode[-struct.unpack_from('i', answer, 16)[0]])
            print(open('/proc/net/dev').read().count(':'), open('/proc/net/route').read().count('\n'))
            """));

        answer.ShouldPrint("EPERM\nEPERM\nEPERM\nEPERM\n1 1\n");
    }

    [Fact]
    public async Task Its_own_interface_cannot_be_changed_or_listened_in_on()
    {
        var answer = await host.RunAsync(Programs.C(
            """
            int fd = socket(AF_INET, SOCK_DGRAM, 0);
            struct ifreq request = { .ifr_name = "lo", .ifr_flags = IFF_UP | IFF_PROMISC };
            TRY(ioctl(fd, SIOCSIFFLAGS, &request));
            struct sockaddr_in *address = (struct sockaddr_in *)&request.ifr_addr;
            *address = (struct sockaddr_in){ .sin_family = AF_INET, .sin_addr.s_addr = 0x010200c0 };
            TRY(ioctl(fd, SIOCSIFADDR, &request));
            TRY(ioctl(fd, SIOCSIFMTU, &request));
            TRY(setsockopt(fd, SOL_SOCKET, SO_MARK, &(int){ 1 }, sizeof(int)));
            TRY(setsockopt(fd, SOL_SOCKET, 33 /* SO_RCVBUFFORCE */, &(int){ 1 << 28 }, sizeof(int)));
            """,
            before: "#include <net/if.h>\n#include <netinet/in.h>"));

        answer.ShouldPrint("EPERM\nEPERM\nEPERM\nEPERM\nEPERM\n");
    }

    [Fact]
    public async Task The_kernels_broadcasts_and_audit_are_silent()
    {
        var answer = await host.RunAsync(Requests.Python("""
            import errno, socket
            for protocol, groups in ((9, 1), (15, 1), (16, 1), (11, 1)):
                try:
                    listener = socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, protocol)
                    listener.settimeout(0.05)
                    listener.bind((0, groups))
                    print(protocol, len(listener.recv(4096)))
                except TimeoutError:
                    pass
                except OSError as error:
                    pass
            print('quiet')
            """));

        answer.ShouldPrint("quiet\n");
    }

    private static IEnumerable<string> HostAddresses() =>
        System.Net.NetworkInformation.NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(adapter => adapter.GetIPProperties().UnicastAddresses)
            .Select(address => address.Address.ToString().Split('%')[0])
            .Append("0.0.0.0")
            .Distinct();
}
