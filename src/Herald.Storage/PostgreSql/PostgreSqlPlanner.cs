namespace Herald.Storage.PostgreSql;

/// <summary>What the planner is told before statements whose plan is known.</summary>
internal static class PostgreSqlPlanner
{
    /// <summary>The settings, each as a column of a SELECT. They end with the transaction.</summary>
    // Hot paths look at messages by key or place and at the queue by its index, whatever the tables are like just now. The planner knows little of a
    // young table and would rather hash the whole of it, or sort all messages of a campaign instead of reading some in the order of the queue's index.
    // With nothing left to choose, a statement is planned once a connection: planning took a seventh of the database's time. What is off counts as so dear
    // that it would be compiled, in a second.
    public const string ByKey =
        """
        set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_hashjoin', 'off', true),
        set_config('enable_mergejoin', 'off', true), set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true),
        set_config('enable_sort', 'off', true), set_config('jit', 'off', true)
        """;

    /// <summary>A statement of its own that makes the settings.</summary>
    public const string ByKeySql = $"SELECT {ByKey}";
}
