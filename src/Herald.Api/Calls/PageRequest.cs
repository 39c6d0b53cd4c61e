using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Herald.Api.Errors;

namespace Herald.Api.Calls;

/// <summary>
/// One page of a list. The token holds the last id of the page before and a hash of everything else that was asked for, the tenant
/// included. It gives no authority: the list is read with the caller's own tenant whatever the token says.
/// </summary>
internal sealed record PageRequest
{
    /// <summary>The page size of callers who ask for none.</summary>
    public const int SizeDefault = 50;

    /// <summary>The largest page size.</summary>
    public const int SizeMax = 500;

    private const int IdLength = 16;
    private const int HashLength = 8;
    private const int TokenMax = 100;

    private readonly byte[] _binding;

    private PageRequest(int size, Guid? after, byte[] binding)
    {
        Size = size;
        After = after;
        _binding = binding;
    }

    /// <summary>The number of items on the page at most.</summary>
    public int Size { get; }

    /// <summary>The number of items to read: one more, to learn whether there is another page.</summary>
    public int ReadSize => Size + 1;

    /// <summary>The last id of the page before; null on the first page.</summary>
    public Guid? After { get; }

    /// <summary>Reads the paging fields of a request; what is wrong with them is noted.</summary>
    /// <param name="call">The call.</param>
    /// <param name="size">The field <c>page_size</c>.</param>
    /// <param name="token">The field <c>page_token</c>.</param>
    /// <param name="filters">Everything else that decides what is listed.</param>
    public static PageRequest Read(Call call, int size, string token, params ReadOnlySpan<string> filters)
    {
        if (size < 0)
            call.Violations.Add("page_size", Rules.OutOfRange, $"It is 0, for {SizeDefault}, or more; more than {SizeMax} is lowered.");
        var binding = Bind(call, filters);
        return new PageRequest(size <= 0 ? SizeDefault : Math.Min(size, SizeMax), ReadToken(call.Violations, token, binding), binding);
    }

    /// <summary>The items of the page, and the token of the next one; empty if this is the last.</summary>
    /// <param name="read">Up to <see cref="ReadSize"/> items.</param>
    /// <param name="id">An item's id.</param>
    public (IEnumerable<TItem> Items, string NextToken) Cut<TItem>(IReadOnlyList<TItem> read, Func<TItem, Guid> id) =>
        read.Count <= Size ? (read, "") : (read.Take(Size), Write(id(read[Size - 1])));

    private string Write(Guid last)
    {
        Span<byte> bytes = stackalloc byte[IdLength + HashLength];
        last.TryWriteBytes(bytes, bigEndian: true, out _);
        _binding.CopyTo(bytes[IdLength..]);
        return Base64Url.EncodeToString(bytes);
    }

    private static Guid? ReadToken(Violations violations, string token, byte[] binding)
    {
        if (token.Length == 0)
            return null;
        Span<byte> bytes = stackalloc byte[TokenMax];
        if (token.Length > TokenMax)
        {
            violations.Add("page_token", Rules.TooLong, "It is a next_page_token as Herald gave it.");
        }
        else if (!Base64Url.IsValid(token) || !Base64Url.TryDecodeFromChars(token, bytes, out var length) || length != IdLength + HashLength
            || !bytes[IdLength..length].SequenceEqual(binding))
        {
            violations.Add("page_token", Rules.Malformed, "It is the next_page_token of the same list with the same filters.");
        }
        else
        {
            return new Guid(bytes[..IdLength], bigEndian: true);
        }
        return null;
    }

    private static byte[] Bind(Call call, ReadOnlySpan<string> filters)
    {
        var text = new StringBuilder($"{call.Rules.Name}\n{call.Tenant}");
        foreach (var filter in filters)
            text.Append('\n').Append(filter);
        return SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..HashLength];
    }
}
