namespace Goldilocks.Numerics.Tests;

public sealed unsafe class MemoryTests
{
    [Theory]
    [InlineData(1, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    [InlineData(200, 208)]
    [InlineData(1008, 1008)]
    [InlineData(1009, 1040)]
    [InlineData(1024, 1040)]
    [InlineData(2048, 2064)]
    [InlineData(2050, 2064)]
    public void Rows_are_whole_cache_lines_and_avoid_strides_of_whole_pages(int columns, int stride) => Assert.Equal(stride, Layout.Stride(columns));

    [Fact]
    public void Room_is_aligned_disjoint_and_zero()
    {
        using var arena = new Arena(3 * Arena.BytesFor(50));
        var starts = new nint[3];
        for (var i = 0; i < 3; i++)
        {
            var room = arena.Take(50);
            starts[i] = (nint)room;
            Assert.Equal(0, (nint)room % Layout.Alignment);
            for (var j = 0; j < 50; j++) Assert.Equal(0, room[j]);
            new Span<float>(room, 50).Fill(7);
        }

        Assert.Equal(Arena.BytesFor(50), starts[1] - starts[0]);
        Assert.Equal(Arena.BytesFor(50), starts[2] - starts[1]);
    }

    [Fact]
    public void Memory_from_the_pool_is_zero_again()
    {
        // A size that no other test uses: the second arena gets the first one's pages.
        const long bytes = 10 << 20;
        nint first;
        using (var arena = new Arena(bytes))
        {
            var room = arena.Take(bytes / sizeof(float));
            first = (nint)room;
            new Span<float>(room, (int)(bytes / sizeof(float))).Fill(float.NaN);
        }

        using var again = new Arena(bytes);
        var reused = again.Take(bytes / sizeof(float));
        Assert.Equal(first, (nint)reused);
        Assert.Equal(-1, new Span<float>(reused, (int)(bytes / sizeof(float))).IndexOfAnyExcept(0f));
    }

    [Fact]
    public void A_full_arena_says_so()
    {
        using var arena = new Arena(100);
        arena.Take((2 << 20) / sizeof(float));
        var error = Assert.Throws<InvalidOperationException>(() => arena.Take(1));
        Assert.Contains("2097152", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_arena_gives_nothing_and_may_be_disposed_again()
    {
        var arena = new Arena(1);
        arena.Dispose();
        arena.Dispose();
        Assert.Throws<ObjectDisposedException>(() => arena.Take(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Arena(-1));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 64)]
    [InlineData(16, 64)]
    [InlineData(17, 128)]
    public void An_allocation_takes_whole_cache_lines(long floats, long bytes) => Assert.Equal(bytes, Arena.BytesFor(floats));
}
