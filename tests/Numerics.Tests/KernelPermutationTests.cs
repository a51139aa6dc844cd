namespace Goldilocks.Numerics.Tests;

/// <summary>Permutations of leading axes against index arithmetic.</summary>
public sealed unsafe class KernelPermutationTests
{
    public static TheoryData<int[], int[], int> Cases => new()
    {
        { [], [], 16 },
        { [5], [0], 16 },
        { [3, 4], [0, 1], 16 },
        { [3, 4], [1, 0], 16 },
        { [2, 3, 4], [0, 2, 1], 32 },
        { [2, 3, 4], [2, 0, 1], 16 },
        { [2, 3, 4], [1, 0, 2], 48 },
        { [2, 1, 3, 5], [3, 1, 0, 2], 16 },
        { [2, 3, 4, 2], [0, 2, 1, 3], 16 },
        { [4, 0, 2], [2, 1, 0], 16 },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_row_moves_whole_and_comes_back(int[] shape, int[] perm, int rowFloats)
    {
        var rows = shape.Aggregate(1, (product, length) => product * length);
        using var source = new KernelMatrix(rows, rowFloats, rowFloats).Fill(1);
        using var found = new KernelMatrix(rows, rowFloats, rowFloats);
        Permutation.Rows(source.Data, shape, perm, rowFloats, found.Data);
        var turned = perm.Select(axis => shape[axis]).ToArray();
        for (var row = 0; row < rows; row++)
        {
            var index = new int[shape.Length];
            var rest = row;
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                index[axis] = rest % shape[axis];
                rest /= shape[axis];
            }

            var target = 0;
            for (var d = 0; d < perm.Length; d++) target = (target * turned[d]) + index[perm[d]];
            for (var c = 0; c < rowFloats; c++) Assert.Equal(source[row, c], found[target, c]);
        }

        var inverse = new int[perm.Length];
        for (var d = 0; d < perm.Length; d++) inverse[perm[d]] = d;
        using var back = new KernelMatrix(rows, rowFloats, rowFloats);
        Permutation.Rows(found.Data, turned, inverse, rowFloats, back.Data);
        source.AssertSameBits(back, "there and back");
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        int[] shape = [8, 4, 2], perm = [1, 2, 0];
        using var source = new KernelMatrix(64, 16);
        using var found = new KernelMatrix(64, 16);
        Permutation.Rows(source.Data, shape, perm, 16, found.Data);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Permutation.Rows(source.Data, shape, perm, 16, found.Data);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
