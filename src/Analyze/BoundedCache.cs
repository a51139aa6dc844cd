namespace Goldilocks.Analyze;

/// <summary>Values made once and kept while they are among the most recently used. Thread-safe; a value is made outside the lock.</summary>
/// <param name="capacity">Values kept, at least 1.</param>
internal sealed class BoundedCache<TValue>(int capacity)
{
    private readonly LinkedList<(string Key, Lazy<TValue> Value)> _recent = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, Lazy<TValue> Value)>> _nodes = new(StringComparer.Ordinal);

    /// <summary>The value of a key; whatever <paramref name="make"/> throws is thrown again while the key is kept.</summary>
    public TValue Get(string key, Func<TValue> make)
    {
        LinkedListNode<(string Key, Lazy<TValue> Value)>? node;
        lock (_recent)
        {
            if (_nodes.TryGetValue(key, out node)) _recent.Remove(node);
            else _nodes[key] = node = new((key, new Lazy<TValue>(make)));
            _recent.AddFirst(node);
            if (_recent.Count > capacity)
            {
                _nodes.Remove(_recent.Last!.Value.Key);
                _recent.RemoveLast();
            }
        }

        return node.Value.Value.Value;
    }
}
