using Herald.Storage;

namespace Orleans.Tests;

public sealed class SqliteStateTests() : AdoNetStateTests(DatabaseProvider.Sqlite);
