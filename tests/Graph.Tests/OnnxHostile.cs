using Goldilocks.Core;

namespace Goldilocks.Graph.Tests;

/// <summary>What every reader owes to damaged input: the content or one line, and memory in proportion to the input.</summary>
internal static class OnnxHostile
{
    /// <summary>Runs <paramref name="read"/>; any exception but <see cref="GoldilocksException"/> escapes.</summary>
    /// <returns>The error's line, or null when it read.</returns>
    public static string? Attempt(Action read, long mostBytes = long.MaxValue)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        string? line = null;
        try
        {
            read();
        }
        catch (GoldilocksException e)
        {
            line = e.Message;
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= mostBytes, $"Allocated {allocated} bytes, more than {mostBytes}: {line ?? "it was read"}");
        if (line is not null) Assert.DoesNotContain(line, char.IsControl);
        return line;
    }

    /// <summary>The bytes with one to four bits, bytes or runs changed.</summary>
    public static byte[] Damage(byte[] bytes, Random random)
    {
        var damaged = (byte[])bytes.Clone();
        for (var n = random.Next(1, 5); n > 0; n--)
        {
            var at = random.Next(damaged.Length);
            switch (random.Next(3))
            {
                case 0:
                    damaged[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    damaged[at] = (byte)random.Next(256);
                    break;
                default:
                    damaged.AsSpan(at, Math.Min(random.Next(1, 9), damaged.Length - at)).Fill(0xFF);
                    break;
            }
        }

        return damaged;
    }
}
