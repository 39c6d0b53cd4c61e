using System.Xml.Linq;
using Herald.Storage.Keys;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Herald.Host.Keys;

/// <summary>Keeps the key ring in the database, so that every node reads what any node encrypted.</summary>
internal sealed class DatabaseXmlRepository(IDataProtectionKeyStore keys) : IXmlRepository
{
    // The interface of ASP.NET is synchronous; it is called at start and at key rotation only.
    public IReadOnlyCollection<XElement> GetAllElements() =>
        Task.Run(() => keys.GetAllAsync(CancellationToken.None)).GetAwaiter().GetResult()
            .Select(row => XElement.Parse(row.Xml)).ToList();

    public void StoreElement(XElement element, string friendlyName) =>
        Task.Run(() => keys.InsertAsync(new DataProtectionKeyRow
        {
            KeyId = friendlyName,
            Xml = element.ToString(SaveOptions.DisableFormatting),
        }, CancellationToken.None)).GetAwaiter().GetResult();
}
