using Goldilocks.Core;

namespace Goldilocks.Data.Tests;

/// <summary>The IDX format against files written out here by its definition.</summary>
public sealed class IdxFileTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_is_written_is_read(bool compressed)
    {
        using var folder = new TemporaryFolder();
        var random = new Random(3);
        foreach (var shape in new int[][] { [5], [1], [0], [3, 4, 2], [1, 1, 1], [0, 28, 28], [400, 60, 70] })
        {
            var values = new byte[shape.Aggregate(1, (product, size) => product * size)];
            random.NextBytes(values);
            var read = IdxFile.Read(Idx.Write(folder.File("file"), values, shape, compressed), shape.Length);
            Assert.Equal(shape, read.Shape);
            Assert.Equal(values, read.Values);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_file_cut_anywhere_is_one_line(bool compressed)
    {
        using var folder = new TemporaryFolder();
        var whole = File.ReadAllBytes(Idx.Write(folder.File("whole"), [.. Enumerable.Range(0, 24).Select(value => (byte)(value * value))], [2, 3, 4], compressed));
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(folder.File("cut"), whole[..length]);
            OneLine(() => IdxFile.Read(folder.File("cut"), 3), "cut is not the IDX file expected here: it ", "Fetch it again.");
        }
    }

    [Theory]
    [InlineData("ff d8 ff e0 00 00 00 00", "it does not begin like an IDX file")]
    [InlineData("00 00 0d 01 00 00 00 01 07", "its values are of type 0x0d, not unsigned bytes (0x08)")]
    [InlineData("00 00 08 03 00 00 00 01 00 00 00 01 00 00 00 01 07", "its rank is 3, not 1")]
    [InlineData("00 00 08 01 00 00 00 02 07", "it ends after 1 of 2 values")]
    [InlineData("00 00 08 01 00 00 00 02 07 08 09", "it goes on after its 2 values")]
    [InlineData("00 00 08 01 ff ff ff ff 07", "its dimension 0 is 4294967295, above 1073741824")]
    [InlineData("1f 8b 08 00 77", "it ends after 0 of 8 bytes of its header")]
    [InlineData("1f 8b ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff ff", "it is no whole gzip file")]
    public void A_foreign_file_is_one_line(string bytes, string reason)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("foreign"), Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal)));
        OneLine(() => IdxFile.Read(folder.File("foreign"), 1), reason);
    }

    [Theory]
    [InlineData(1 << 30, 1, 1, "it ends after 0 of 1073741824 values", false)]
    [InlineData(1 << 30, 1, 1, "it ends after 0 of 1073741824 values", true)]
    [InlineData(1 << 20, 1 << 20, 1 << 24, "its dimensions have a product above 1073741824", false)]
    [InlineData(1 << 30, 1 << 30, 1 << 30, "its dimensions have a product above 1073741824", true)]
    public void A_file_that_claims_to_be_huge_takes_no_memory(int images, int rows, int columns, string reason, bool compressed)
    {
        using var folder = new TemporaryFolder();
        var path = Idx.Write(folder.File("huge"), [], [images, rows, columns], compressed);
        OneLine(() => IdxFile.Read(path, 3), reason);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<GoldilocksException>(() => IdxFile.Read(path, 3));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 21);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_one_line()
    {
        using var folder = new TemporaryFolder();
        OneLine(() => IdxFile.Read(folder.File("absent"), 1), "cannot read ");
        OneLine(() => IdxFile.Read(folder.Path, 1), "cannot read ");
    }

    private static void OneLine(Action read, params string[] parts)
    {
        var error = Assert.Throws<GoldilocksException>(read);
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }
}
