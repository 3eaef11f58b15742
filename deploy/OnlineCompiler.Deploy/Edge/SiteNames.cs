using Amazon.CDK;
using Amazon.CDK.AWS.CertificateManager;
using Amazon.CDK.AWS.Route53;
using OnlineCompiler.Deploy.Environments;

namespace OnlineCompiler.Deploy.Edge;

/// <summary>The zone that site and origin have their names in, and certificates for them, which the zone itself proves.</summary>
internal static class SiteNames
{
    public static IHostedZone Zone(Stack stack, DeployEnvironment environment) => HostedZone.FromHostedZoneAttributes(
        stack, "zone", new HostedZoneAttributes { HostedZoneId = environment.HostedZone.Id, ZoneName = environment.HostedZone.Name });

    public static Certificate Certify(Stack stack, IHostedZone zone, string name) =>
        new(stack, "certificate", new CertificateProps { DomainName = name, Validation = CertificateValidation.FromDns(zone) });
}
