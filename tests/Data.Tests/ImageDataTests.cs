using Goldilocks.Core;

namespace Goldilocks.Data.Tests;

public sealed class ImageDataTests
{
    [Theory]
    [InlineData("-idx", false)]
    [InlineData("-idx", true)]
    [InlineData(".idx", false)]
    [InlineData(".idx", true)]
    public unsafe void Four_files_are_a_data_set(string infix, bool compressed)
    {
        using var folder = new TemporaryFolder();
        var (train, test) = (Bytes(256 * 6, 1), Bytes(2 * 6, 7));
        Write(folder, "train", train, 256, infix: infix, compressed: compressed);
        Write(folder, "t10k", test, 2, infix: infix, compressed: compressed);
        var data = ImageData.Load(folder.Path);
        Assert.Equal((2, 3, 8, 256, 2, 6, 6), (data.Rows, data.Columns, data.Classes, data.Train.Count, data.Test.Count, data.Train.Pixels, data.Test.Pixels));
        Assert.Equal(train, data.Train.Images);
        Assert.Equal(test, data.Test.Images);
        Assert.Equal([0, 1], data.Test.Labels.ToArray());
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7, 0, 1], data.Train.Labels[..10].ToArray());

        // What comes before and after the image in the buffer stays.
        var buffer = new float[8];
        for (var i = 0; i < 256; i++)
        {
            buffer.AsSpan().Fill(-1);
            fixed (float* start = buffer) data.Train.CopyImage(i, start + 1);
            Assert.Equal([-1, .. train[(i * 6)..((i * 6) + 6)].Select(value => value / 255f), -1], buffer);
        }
    }

    [Fact]
    public void Files_that_do_not_fit_together_are_one_line()
    {
        using var folder = new TemporaryFolder();
        OneLine("lacks train-images-idx3-ubyte (plain or .gz). \"goldilocks data mnist\" fetches");
        Write(folder, "train", Bytes(4 * 6, 1), 4);
        OneLine("lacks t10k-images-idx3-ubyte");
        Write(folder, "t10k", Bytes(3 * 6, 1), 3, labels: 2);
        OneLine("t10k-images-idx3-ubyte has 3 images, t10k-labels-idx1-ubyte 2 labels");
        Write(folder, "t10k", [], 0);
        OneLine("t10k-images-idx3-ubyte holds no pixel");
        Idx.Write(folder.File("t10k-images-idx3-ubyte"), Bytes(6, 1), [1, 3, 2]);
        Idx.Write(folder.File("t10k-labels-idx1-ubyte"), [0], [1]);
        OneLine("training images are 2 x 3, test images 3 x 2");
        Idx.Write(folder.File("t10k-images-idx3-ubyte"), [0], [1]);
        OneLine("its rank is 1, not 3");

        void OneLine(string part)
        {
            var error = Assert.Throws<GoldilocksException>(() => ImageData.Load(folder.Path));
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }
    }

    [Fact]
    public void A_data_set_is_found_by_its_name_or_its_folder()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(folder.Path, DataFolders.Find(folder.Path));
        Assert.Contains("there is no folder", Message(folder.File("absent")), StringComparison.Ordinal);
        Assert.Contains("unknown data set \"mnits\", and no folder of that name. Did you mean \"mnist\"?", Message("mnits"), StringComparison.Ordinal);
        var before = Environment.GetEnvironmentVariable(DataFolders.Variable);
        try
        {
            Environment.SetEnvironmentVariable(DataFolders.Variable, folder.Path);
            Assert.Contains("\"goldilocks data mnist\" fetches it", Message("mnist"), StringComparison.Ordinal);
            Directory.CreateDirectory(folder.File("mnist"));
            Assert.Equal(folder.File("mnist"), DataFolders.Find("mnist"));
            Environment.SetEnvironmentVariable(DataFolders.Variable, null);
            Assert.EndsWith(Path.Combine("goldilocks", "mnist"), DataFolders.Default("mnist"), StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable(DataFolders.Variable, before);
        }

        static string Message(string name) => Assert.Throws<GoldilocksException>(() => DataFolders.Find(name)).Message;
    }

    /// <summary>Images of 2 x 3 with the labels 0, 1, .., 7, 0, ..</summary>
    private static void Write(TemporaryFolder folder, string part, byte[] images, int count, int? labels = null, string infix = "-idx", bool compressed = false)
    {
        var suffix = compressed ? ".gz" : "";
        Idx.Write(folder.File($"{part}-images{infix}3-ubyte{suffix}"), images, [count, 2, 3], compressed);
        Idx.Write(folder.File($"{part}-labels{infix}1-ubyte{suffix}"), [.. Enumerable.Range(0, labels ?? count).Select(k => (byte)(k % 8))], [labels ?? count], compressed);
    }

    private static byte[] Bytes(int count, int step) => [.. Enumerable.Range(0, count).Select(k => (byte)(k * step))];
}
