using Amazon.CDK;
using Amazon.CDK.AWS.Cognito;
using OnlineCompiler.Deploy.Environments;

namespace OnlineCompiler.Deploy.Data;

/// <summary>Cognito: people who sign in, and the page as a client without a secret, for a page can keep none.</summary>
internal sealed class Identity
{
    public Identity(Stack stack, DeployEnvironment environment)
    {
        Pool = new UserPool(stack, "users", new UserPoolProps
        {
            UserPoolName = $"onlinecompiler-{environment.Name}",
            SelfSignUpEnabled = true,
            SignInAliases = new SignInAliases { Email = true },
            AutoVerify = new AutoVerifiedAttrs { Email = true },
            AccountRecovery = AccountRecovery.EMAIL_ONLY,
            Mfa = Mfa.OPTIONAL,
            MfaSecondFactor = new MfaSecondFactor { Otp = true, Sms = false },
            PasswordPolicy = new PasswordPolicy { MinLength = 12, RequireLowercase = true, RequireUppercase = true, RequireDigits = true, RequireSymbols = true },
            DeletionProtection = true,
            RemovalPolicy = RemovalPolicy.RETAIN,
        });
        Pool.Accept("AwsSolutions-COG2", "A second factor is offered; asking every student for one would keep them out of an online compiler.");
        foreach (var rule in (string[])["AwsSolutions-COG3", "AwsSolutions-COG8"])
            Pool.Accept(rule, "Threat protection, and the plan that has it, is paid for each user and month; WAF's rules stand in front of the Gateway either way.");
        Pool.AddDomain("domain", new UserPoolDomainOptions
        {
            CognitoDomain = new CognitoDomainOptions { DomainPrefix = $"onlinecompiler-{environment.Name}-{environment.Account}" },
        });
        Client = Pool.AddClient("page", new UserPoolClientOptions
        {
            GenerateSecret = false,
            AuthFlows = new AuthFlow { UserSrp = true },
            OAuth = new OAuthSettings
            {
                Flows = new OAuthFlows { AuthorizationCodeGrant = true },
                Scopes = [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
                CallbackUrls = [$"https://{environment.Domain}/"],
                LogoutUrls = [$"https://{environment.Domain}/"],
            },
            AccessTokenValidity = Duration.Hours(1),
            RefreshTokenValidity = Duration.Days(30),
            EnableTokenRevocation = true,
            PreventUserExistenceErrors = true,
        });
    }

    public UserPool Pool { get; }

    public UserPoolClient Client { get; }
}
