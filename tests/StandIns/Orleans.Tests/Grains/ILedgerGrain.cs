namespace Orleans.Tests.Grains;

public interface ILedgerGrain : IGrainWithStringKey
{
    Task<LedgerView> Read();

    Task<LedgerView> Book(int amount, string text);

    Task<LedgerView> Clear();

    Task<LedgerView> Reload();

    /// <summary>Books and catches a lost write itself; true if it was stored.</summary>
    Task<bool> TryBook(int amount);

    Task<int> BookBy(string otherKey, int amount);

    Task End();
}
