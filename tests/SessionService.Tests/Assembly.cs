using OnlineCompiler.SessionService.Tests.Stores;

[assembly: AssemblyFixture(typeof(DynamoDbStore))]
