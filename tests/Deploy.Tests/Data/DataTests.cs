using OnlineCompiler.Deploy.Tests.Rules;
using OnlineCompiler.Deploy.Tests.Templates;
using OnlineCompiler.SessionService.Storage.DynamoDb;

namespace OnlineCompiler.Deploy.Tests.Data;

public sealed class DataTests(SynthesizedEnvironments environments)
{
    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void Redis_speaks_TLS_alone_asks_for_a_token_and_is_in_two_zones(string name)
    {
        var template = environments[name];
        var redis = template.Single("AWS::ElastiCache::ReplicationGroup");

        Assert.Equal(("true", "required", "true", "true", "true", "2"), (
            redis.Text("TransitEncryptionEnabled"), redis.Text("TransitEncryptionMode"), redis.Text("AtRestEncryptionEnabled"),
            redis.Text("MultiAZEnabled"), redis.Text("AutomaticFailoverEnabled"), redis.Text("NumCacheClusters")));
        Assert.Contains("{{resolve:secretsmanager:", redis["AuthToken"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull(redis["KmsKeyId"]);
        var isolated = AddressRules.IsolatedSubnets(template).Select(subnet => subnet.Id);
        Assert.Equal(isolated, template.Single("AWS::ElastiCache::SubnetGroup")["SubnetIds"]!.AsArray().Select(subnet => template.Target("Data", subnet!)!.Id));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void Redis_is_copied_every_night_and_refuses_to_forget_what_was_promised(string name)
    {
        var template = environments[name];
        var redis = template.Single("AWS::ElastiCache::ReplicationGroup");

        Assert.Equal("7", redis.Text("SnapshotRetentionLimit"));
        Assert.Equal("Snapshot", (string?)redis.Json["DeletionPolicy"]);
        Assert.Equal("noeviction", template.Single("AWS::ElastiCache::ParameterGroup").Text("Properties.maxmemory-policy"));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.Containers), MemberType = typeof(SynthesizedEnvironments))]
    public void The_token_of_Redis_is_renewed_every_month(string name)
    {
        var template = environments[name];
        var schedule = template.Single("AWS::SecretsManager::RotationSchedule");

        Assert.Equal("rate(30 days)", schedule.Text("RotationRules.ScheduleExpression"));
        Assert.Equal($"onlinecompiler/{name}/redis-connection", template.Target("Data", schedule["SecretId"]!)!.Text("Name"));
        Assert.Equal("Gives Redis a new token", template.Target("Data", schedule["RotationLambdaARN"]!)!.Text("Description"));
    }

    [Theory]
    [InlineData("fargate")]
    [InlineData("serverless")]
    public void Sessions_in_DynamoDB_are_forgotten_in_time_found_by_owner_and_restorable(string name)
    {
        var table = environments[name].Single("AWS::DynamoDB::Table");

        Assert.Equal(("compiler-sessions", "sessionId"), (table.Text("TableName"), (string?)table["KeySchema"]![0]!["AttributeName"]));
        Assert.Equal(("expiresAt", "true"), (table.Text("TimeToLiveSpecification.AttributeName"), table.Text("TimeToLiveSpecification.Enabled")));
        Assert.Equal("owner", (string?)table["GlobalSecondaryIndexes"]![0]!["KeySchema"]![0]!["AttributeName"]);
        Assert.Equal(("true", "true"), (table.Text("PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled"), table.Text("DeletionProtectionEnabled")));
        Assert.NotNull(table["SSESpecification.KMSMasterKeyId"]);
        Assert.Equal("Retain", (string?)table.Json["DeletionPolicy"]);
    }

    [Theory]
    [InlineData("fargate")]
    [InlineData("serverless")]
    public void The_table_is_the_one_that_SessionService_uses(string name)
    {
        var template = environments[name];
        var table = template.Single("AWS::DynamoDB::Table");
        var index = Assert.Single(table["GlobalSecondaryIndexes"]!.AsArray())!;
        static string KeyOf(JsonNode each) => $"{each["AttributeName"]} {each["KeyType"]}";
        var told = name == "serverless"
            ? template.Of("AWS::Lambda::Function").Single(function => function.Text("FunctionName") == "onlinecompiler-serverless-session")["Environment.Variables"]!.AsObject().ToDictionary(each => each.Key, each => each.Value!.ToString())
            : Template.SettingsOf(template.ContainerOf("session"));

        Assert.Equal([$"{TableNames.Key} HASH"], table["KeySchema"]!.AsArray().Select(each => KeyOf(each!)));
        Assert.Equal(TableNames.ExpiresAt, table.Text("TimeToLiveSpecification.AttributeName"));
        Assert.Equal(TableNames.OwnerIndex, (string?)index["IndexName"]);
        Assert.Equal([$"{TableNames.Owner} HASH", $"{TableNames.SavedAt} RANGE"], index["KeySchema"]!.AsArray().Select(each => KeyOf(each!)));
        Assert.All(table["AttributeDefinitions"]!.AsArray(), each => Assert.Equal("S", (string?)each!["AttributeType"]));
        Assert.Equal("INCLUDE", (string?)index["Projection"]!["ProjectionType"]);
        Assert.Equal(TableNames.Listed.Order(StringComparer.Ordinal), index["Projection"]!["NonKeyAttributes"]!.AsArray().Select(each => (string)each!).Order(StringComparer.Ordinal));
        Assert.Equal(("DynamoDb", table.Text("TableName"), template.Context.Region), (told["Sessions__Store"], told["Sessions__Table"], told["Sessions__Region"]));
    }

    [Theory]
    [InlineData("fargate")]
    [InlineData("serverless")]
    public void Sessions_in_DynamoDB_are_backed_up_every_night(string name)
    {
        var template = environments[name];
        var rule = Assert.Single(template.Single("AWS::Backup::BackupPlan")["BackupPlan.BackupPlanRule"]!.AsArray())!;
        var selected = Assert.Single(template.Single("AWS::Backup::BackupSelection")["BackupSelection.Resources"]!.AsArray())!;

        Assert.Equal(("cron(0 3 * * ? *)", 35), ((string?)rule["ScheduleExpression"], (int?)rule["Lifecycle"]!["DeleteAfterDays"]));
        Assert.Contains(template.Single("AWS::DynamoDB::Table").Id, selected.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull(template.Single("AWS::Backup::BackupVault")["EncryptionKeyArn"]);
    }

    [Theory]
    [InlineData("staging")]
    [InlineData("production")]
    public void Sessions_in_Redis_need_no_table(string name) => Assert.Empty(environments[name].Of("AWS::DynamoDB::Table"));

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Every_secret_is_encrypted_with_the_environments_key(string name) =>
        Assert.All(environments[name].Of("AWS::SecretsManager::Secret"), secret => Assert.Equal("AWS::KMS::Key", environments[name].Target("Data", secret["KmsKeyId"]!)!.Kind));

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Cognito_has_a_pool_and_a_client_without_a_secret(string name)
    {
        var template = environments[name];
        var pool = template.Single("AWS::Cognito::UserPool");
        var client = template.Single("AWS::Cognito::UserPoolClient");

        Assert.Equal(("12", "OPTIONAL", "ACTIVE"), (pool.Text("Policies.PasswordPolicy.MinimumLength"), pool.Text("MfaConfiguration"), pool.Text("DeletionProtection")));
        Assert.Equal(("false", "ENABLED", """["code"]"""), (client.Text("GenerateSecret"), client.Text("PreventUserExistenceErrors"), client.Text("AllowedOAuthFlows")));
        Assert.Equal($"""["https://{template.Context.Domain}/"]""", client.Text("CallbackURLs"));
    }

    [Theory]
    [MemberData(nameof(SynthesizedEnvironments.All), MemberType = typeof(SynthesizedEnvironments))]
    public void Images_are_scanned_as_they_come_cannot_be_replaced_and_grow_old(string name)
    {
        var template = environments[name];
        string[] expected = template.Context.IsServerless ? ["collector", "execution", "function"] : ["ai", "collector", "execution", "gateway", "session"];

        var repositories = template.Of("AWS::ECR::Repository").ToList();

        Assert.Equal(expected, repositories.Select(repository => repository.Text("RepositoryName")!.Split('/')[1]).Order(StringComparer.Ordinal));
        Assert.All(repositories, repository =>
        {
            Assert.Equal(("true", "IMMUTABLE", "KMS"), (repository.Text("ImageScanningConfiguration.ScanOnPush"), repository.Text("ImageTagMutability"), repository.Text("EncryptionConfiguration.EncryptionType")));
            var rules = JsonNode.Parse(repository.Text("LifecyclePolicy.LifecyclePolicyText")!)!["rules"]!.AsArray();
            Assert.Equal(["imageCountMoreThan", "sinceImagePushed"], rules.Select(rule => (string?)rule!["selection"]!["countType"]).Order(StringComparer.Ordinal));
        });
    }
}
