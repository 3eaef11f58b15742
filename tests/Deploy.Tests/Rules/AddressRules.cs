using OnlineCompiler.Deploy.Tests.Templates;

namespace OnlineCompiler.Deploy.Tests.Rules;

/// <summary>No public addresses, no way out of where programs run, and no metadata of an instance for anyone but the instance.</summary>
internal static class AddressRules
{
    public static IEnumerable<string> Violations(Template template) =>
        PublicAddresses(template).Concat(WaysOut(template)).Concat(PlacesOfPrograms(template)).Concat(Metadata(template));

    private static IEnumerable<string> PublicAddresses(Template template)
    {
        foreach (var service in template.Of("AWS::ECS::Service"))
        {
            if (service.Text("NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp") != "DISABLED")
                yield return $"The service {service.Text("ServiceName")} has a public address.";
        }

        foreach (var subnet in template.Of("AWS::EC2::Subnet"))
        {
            if (subnet.Text("MapPublicIpOnLaunch") != "false")
                yield return $"The subnet {subnet.Id} gives public addresses.";
        }

        foreach (var host in template.Of("AWS::EC2::LaunchTemplate"))
        {
            foreach (var network in host["LaunchTemplateData.NetworkInterfaces"] as JsonArray ?? [])
            {
                if (network!["AssociatePublicIpAddress"]?.GetValue<bool>() != false)
                    yield return $"The host {host.Id} has a public address.";
            }
        }
    }

    private static IEnumerable<string> WaysOut(Template template)
    {
        var isolated = IsolatedSubnets(template).Select(subnet => subnet.Id).ToHashSet();
        var tables = template.Of("AWS::EC2::SubnetRouteTableAssociation")
            .Where(association => isolated.Contains(template.Target(association.Stack, association["SubnetId"]!)!.Id))
            .Select(association => template.Target(association.Stack, association["RouteTableId"]!)!.Id)
            .ToHashSet();
        foreach (var route in template.Of("AWS::EC2::Route"))
        {
            if (tables.Contains(template.Target(route.Stack, route["RouteTableId"]!)!.Id))
                yield return $"An isolated subnet has a route out, {route.Id}.";
        }

        if (tables.Count != isolated.Count)
            yield return "Some isolated subnet has no route table of its own.";
    }

    private static IEnumerable<string> PlacesOfPrograms(Template template)
    {
        var isolated = IsolatedSubnets(template).Select(subnet => subnet.Id).ToHashSet();
        var running = template.Context.UsesTasks ? "worker" : "execution";
        var subnets = template.Service(running)["NetworkConfiguration.AwsvpcConfiguration.Subnets"]!.AsArray();
        if (subnets.Count != 2 || !subnets.All(subnet => isolated.Contains(template.Target("Services", subnet!)!.Id)))
            yield return $"The service {running} runs programs outside of the isolated subnets.";
    }

    private static IEnumerable<string> Metadata(Template template)
    {
        foreach (var host in template.Of("AWS::EC2::LaunchTemplate"))
        {
            if (host.Text("LaunchTemplateData.MetadataOptions.HttpTokens") != "required")
                yield return $"The host {host.Id} tells its metadata without a token.";
            if (host.Text("LaunchTemplateData.MetadataOptions.HttpPutResponseHopLimit") != "1")
                yield return $"The host {host.Id} tells its metadata to containers.";
            if (!host["LaunchTemplateData.UserData"]!.ToJsonString().Contains("ECS_AWSVPC_BLOCK_IMDS=true", StringComparison.Ordinal))
                yield return $"The host {host.Id} leaves its metadata open to tasks.";
        }
    }

    public static IEnumerable<TemplateResource> IsolatedSubnets(Template template) => template.Of("AWS::EC2::Subnet").Where(subnet =>
        subnet["Tags"]!.AsArray().Any(tag => (string?)tag!["Key"] == "aws-cdk:subnet-name" && (string?)tag["Value"] == "isolated"));
}
