[assembly: AssemblyFixture(typeof(ServiceFixture))]
