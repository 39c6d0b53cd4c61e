using System.Collections;

namespace Grpc.Core;

/// <summary>
/// Headers or trailers of a call: a list of entries, in order, in which a key may occur more than once. Keys are
/// stored in lower case, and a key that ends in <c>-bin</c> holds bytes.
/// </summary>
public sealed partial class Metadata : IList<Metadata.Entry>
{
    /// <summary>The ending that marks a key whose value is bytes.</summary>
    public const string BinaryHeaderSuffix = "-bin";

    /// <summary>No entries; cannot be changed.</summary>
    public static readonly Metadata Empty = new(isReadOnly: true);

    private readonly List<Entry> _entries = [];

    /// <summary>Makes an empty list that can be changed.</summary>
    public Metadata()
    {
    }

    private Metadata(bool isReadOnly) => IsReadOnly = isReadOnly;

    /// <summary>The number of entries.</summary>
    public int Count => _entries.Count;

    /// <summary>Whether the list refuses changes with <see cref="InvalidOperationException"/>.</summary>
    public bool IsReadOnly { get; }

    /// <summary>The entry at a place in the list.</summary>
    /// <param name="index">The place, from 0.</param>
    public Entry this[int index]
    {
        get => _entries[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            CheckChangeable();
            _entries[index] = value;
        }
    }

    /// <summary>Finds the last entry of a key, or null.</summary>
    /// <param name="key">The key; upper and lower case are the same.</param>
    public Entry? Get(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _entries.FindLast(entry => entry.HasKey(key));
    }

    /// <summary>Finds the last text value of a key, or null.</summary>
    /// <param name="key">The key; upper and lower case are the same.</param>
    /// <exception cref="InvalidOperationException">The entry holds bytes.</exception>
    public string? GetValue(string key) => Get(key)?.Value;

    /// <summary>Finds the last value of a key as bytes, or null. A text value gives its ASCII bytes.</summary>
    /// <param name="key">The key; upper and lower case are the same.</param>
    public byte[]? GetValueBytes(string key) => Get(key)?.ValueBytes;

    /// <summary>Finds all entries of a key, in order.</summary>
    /// <param name="key">The key; upper and lower case are the same.</param>
    public IEnumerable<Entry> GetAll(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _entries.Where(entry => entry.HasKey(key));
    }

    /// <summary>Adds an entry with a text value.</summary>
    /// <param name="key">The key; see <see cref="Entry(string, string)"/>.</param>
    /// <param name="value">The text.</param>
    public void Add(string key, string value) => Add(new Entry(key, value));

    /// <summary>Adds an entry with bytes.</summary>
    /// <param name="key">The key; see <see cref="Entry(string, byte[])"/>.</param>
    /// <param name="valueBytes">The bytes; they are copied.</param>
    public void Add(string key, byte[] valueBytes) => Add(new Entry(key, valueBytes));

    /// <inheritdoc/>
    public void Add(Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        CheckChangeable();
        _entries.Add(item);
    }

    /// <inheritdoc/>
    public void Insert(int index, Entry item)
    {
        ArgumentNullException.ThrowIfNull(item);
        CheckChangeable();
        _entries.Insert(index, item);
    }

    /// <inheritdoc/>
    public bool Remove(Entry item)
    {
        CheckChangeable();
        return _entries.Remove(item);
    }

    /// <inheritdoc/>
    public void RemoveAt(int index)
    {
        CheckChangeable();
        _entries.RemoveAt(index);
    }

    /// <inheritdoc/>
    public void Clear()
    {
        CheckChangeable();
        _entries.Clear();
    }

    /// <inheritdoc/>
    public bool Contains(Entry item) => _entries.Contains(item);

    /// <inheritdoc/>
    public int IndexOf(Entry item) => _entries.IndexOf(item);

    /// <inheritdoc/>
    public void CopyTo(Entry[] array, int arrayIndex) => _entries.CopyTo(array, arrayIndex);

    /// <summary>Goes through the entries in order.</summary>
    public IEnumerator<Entry> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _entries.GetEnumerator();

    private void CheckChangeable()
    {
        if (IsReadOnly)
        {
            throw new InvalidOperationException("This metadata cannot be changed.");
        }
    }
}
