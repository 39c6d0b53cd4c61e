using Herald.Api.Errors;

namespace Herald.Api.Calls;

/// <summary>Changes a row that has a version: reads, checks the caller's etag, writes if nobody else did meanwhile, else decides again.</summary>
internal static class Versioned
{
    private const int AttemptsMax = 10;

    /// <summary>The row as it was written.</summary>
    /// <param name="resource">The resource's name.</param>
    /// <param name="seen">The version that the caller saw; null for whatever version.</param>
    /// <param name="read">The row as it stands, or null.</param>
    /// <param name="version">A row's version.</param>
    /// <param name="change">The row as it shall be; it may refuse by throwing.</param>
    /// <param name="write">Writes it; null when it was changed meanwhile.</param>
    /// <exception cref="ApiException">There is no row, or it has another version than the caller saw.</exception>
    public static async Task<TRow> UpdateAsync<TRow>(
        string resource, long? seen, Func<Task<TRow?>> read, Func<TRow, long> version, Func<TRow, TRow> change, Func<TRow, Task<TRow?>> write)
        where TRow : class
    {
        for (var attempt = 0; ; attempt++)
        {
            var row = await read() ?? throw ApiErrors.NotFound(resource);
            if ((seen is { } expected && expected != version(row)) || attempt == AttemptsMax)
                throw ApiErrors.EtagMismatch(resource, Etag.Of(version(row)));
            if (await write(change(row)) is { } written)
                return written;
        }
    }
}
