using Microsoft.Extensions.DependencyInjection;

namespace Herald.Storage.Conformance;

public sealed class HeraldDatabaseOptionsTests
{
    [Theory]
    [InlineData("herald.db", DatabaseProvider.Sqlite, "Data Source=herald.db")]
    [InlineData(" Data Source=/var/lib/h.db ", DatabaseProvider.Sqlite, "Data Source=/var/lib/h.db")]
    [InlineData("Host=db;Database=h;Username=u", DatabaseProvider.PostgreSql, "Host=db;Database=h;Username=u")]
    [InlineData("postgres://u:p%40ss@db:5433/h", DatabaseProvider.PostgreSql, "Host=db;Database=h;Port=5433;Username=u;Password=p@ss")]
    [InlineData("postgresql://db/h?sslmode=require", DatabaseProvider.PostgreSql, "Host=db;Database=h;SSL Mode=Require")]
    public void What_a_person_writes_is_understood(string text, DatabaseProvider provider, string connectionString)
    {
        var options = HeraldDatabaseOptions.Parse(text);

        Assert.Equal((provider, connectionString), (options.Provider, options.ConnectionString));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Host=db;Nonsense=1")]
    [InlineData("Data Source=a;Nonsense=1")]
    public void Nonsense_is_refused(string text) => Assert.ThrowsAny<ArgumentException>(() => HeraldDatabaseOptions.Parse(text));

    [Theory]
    [InlineData(1, 30, nameof(HeraldDatabaseOptions.MaxPoolSize))]
    [InlineData(20, 0, nameof(HeraldDatabaseOptions.CommandTimeoutSeconds))]
    public void A_value_out_of_range_is_named(int poolSize, int timeoutSeconds, string option)
    {
        var options = new HeraldDatabaseOptions
        {
            Provider = DatabaseProvider.PostgreSql,
            ConnectionString = "Host=db",
            MaxPoolSize = poolSize,
            CommandTimeoutSeconds = timeoutSeconds,
        };

        var refused = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddHeraldStorage(options));

        Assert.Contains(option, refused.Message, StringComparison.Ordinal);
    }
}
