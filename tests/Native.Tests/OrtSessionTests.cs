using Goldilocks.Core;

namespace Goldilocks.Native.Tests;

public sealed class OrtSessionTests
{
    private static readonly long[] Samples = [2, 0, 1, 2, 2];

    [Fact]
    public void Inputs_outputs_and_overridable_initialisers_are_described()
    {
        using var session = OrtSession.Create(TinyModel.Bytes());
        Assert.Equal(["a Int64[B]"], session.Inputs.Select(value => $"{value.Name} {value}"));
        Assert.Equal(["logits Float32[B,4]", "doubled Int64[B]"], session.Outputs.Select(value => $"{value.Name} {value}"));
        Assert.Equal(["embedding Float32[3,2]"], session.OverridableInitializers.Select(value => $"{value.Name} {value}"));
        Assert.Equal([-1L, 4L], session.Outputs[0].Shape);
        Assert.Equal(["B", ""], session.Outputs[0].Symbols);

        using var closed = OrtSession.Create(TinyModel.Bytes(overridable: false));
        Assert.Empty(closed.OverridableInitializers);
    }

    [Fact]
    public void Run_returns_what_the_definition_says()
    {
        using var session = OrtSession.Create(TinyModel.Bytes());
        var outputs = session.Run(new Dictionary<string, OrtTensor> { ["a"] = OrtTensor.Of(Samples, 5) });
        Assert.Equal([5L, 4L], outputs["logits"].Shape);
        AssertClose(TinyModel.Logits(TinyModel.Embedding, Samples), outputs["logits"].Floats);
        Assert.Equal([5L], outputs["doubled"].Shape);
        Assert.Equal([4, 0, 2, 4, 4], outputs["doubled"].Integers);
        Assert.Contains("holds Int64", Assert.Throws<GoldilocksException>(() => outputs["doubled"].Floats).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_overridable_initialiser_is_fed_by_name()
    {
        float[] other = [1, 2, 3, 4, 5, 6];
        using var session = OrtSession.Create(TinyModel.Bytes());
        var outputs = session.Run(new Dictionary<string, OrtTensor> { ["a"] = OrtTensor.Of(Samples, 5), ["embedding"] = OrtTensor.Of(other, 3, 2) });
        AssertClose(TinyModel.Logits(other, Samples), outputs["logits"].Floats);
    }

    [Fact]
    public void A_binding_reads_and_writes_the_callers_memory()
    {
        long[] samples = [.. Samples];
        float[] embedding = [.. TinyModel.Embedding];
        var logits = new float[5 * TinyModel.Classes];
        using var session = OrtSession.Create(TinyModel.Bytes());
        using var binding = session.Bind().Input<long>("a", samples, 5).Input<float>("embedding", embedding, 3, 2).Output<float>("logits", logits, 5, 4);
        binding.Run();
        AssertClose(TinyModel.Logits(embedding, samples), logits);

        samples[0] = 1;
        embedding[2] = -7;
        binding.Run();
        AssertClose(TinyModel.Logits(embedding, samples), logits);

        // Other memory under the same names.
        long[] fewer = [1];
        var one = new float[TinyModel.Classes + 1];
        one[^1] = 42;
        binding.Input<long>("a", fewer, 1).Output("logits", one.AsMemory(0, TinyModel.Classes), 1, 4).Run();
        AssertClose(TinyModel.Logits(embedding, fewer), one[..^1]);
        Assert.Equal(42, one[^1]);
    }

    [Fact]
    public void Running_a_binding_allocates_nothing()
    {
        var (samples, logits, doubled) = ((long[])[.. Samples], new float[20], new long[5]);
        using var session = OrtSession.Create(TinyModel.Bytes());
        using var binding = session.Bind().Input<long>("a", samples, 5).Output<float>("logits", logits, 5, 4).Output<long>("doubled", doubled, 5);
        for (var i = 0; i < 100; i++) binding.Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++) binding.Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        AssertClose(TinyModel.Logits(TinyModel.Embedding, samples), logits);
        Assert.Equal([4, 0, 2, 4, 4], doubled);
    }

    [Fact]
    public async Task Sessions_and_bindings_run_side_by_side()
    {
        using var shared = OrtSession.Create(TinyModel.Bytes());
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(() =>
        {
            var own = thread < 2 ? null : OrtSession.Create(TinyModel.Bytes());
            float[] embedding = [.. TinyModel.Embedding.Select(value => value + thread)];
            var (samples, logits) = ((long[])[.. Samples], new float[20]);
            using (own)
            using (var binding = (own ?? shared).Bind().Input<long>("a", samples, 5).Input<float>("embedding", embedding, 3, 2).Output<float>("logits", logits, 5, 4))
            {
                for (var i = 0; i < 500; i++)
                {
                    Array.Clear(logits);
                    samples[0] = i % 3;
                    binding.Run();
                    AssertClose(TinyModel.Logits(embedding, samples), logits);
                }
            }
        })));
    }

    [Fact]
    public void Every_optimisation_level_gives_the_same_answer()
    {
        foreach (var level in Enum.GetValues<OrtOptimization>())
        {
            using var session = OrtSession.Create(TinyModel.Bytes(), new OrtOptions { Optimization = level, IntraOpThreads = 2 });
            var outputs = session.Run(new Dictionary<string, OrtTensor> { ["a"] = OrtTensor.Of(Samples, 5) });
            AssertClose(TinyModel.Logits(TinyModel.Embedding, Samples), outputs["logits"].Floats);
        }
    }

    public static TheoryData<string, byte[]> BrokenModels => new()
    {
        { "empty", [] },
        { "text", "this is no model"u8.ToArray() },
        { "truncated", TinyModel.Bytes()[..150] },
        { "an operator that does not exist", TinyModel.Bytes(operation: "Addd") },
        { "a flipped length", [.. TinyModel.Bytes().Select((value, i) => i == 14 ? (byte)(value ^ 0x40) : value)] },
    };

    [Theory]
    [MemberData(nameof(BrokenModels))]
    public void A_broken_model_is_one_line(string what, byte[] model)
    {
        var error = Assert.Throws<GoldilocksException>(() => OrtSession.Create(model));
        Assert.StartsWith("ONNX Runtime refuses the model: ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        Assert.True(error.Message.Length > 40, what);
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
    }

    [Fact]
    public void A_broken_or_missing_file_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("model.onnx"), TinyModel.Bytes());
        OrtSession.Open(folder.File("model.onnx")).Dispose();

        File.WriteAllBytes(folder.File("broken.onnx"), [1, 2, 3]);
        Assert.StartsWith(folder.File("broken.onnx"), Assert.Throws<GoldilocksException>(() => OrtSession.Open(folder.File("broken.onnx"))).Message, StringComparison.Ordinal);
        Assert.StartsWith("cannot read ", Assert.Throws<GoldilocksException>(() => OrtSession.Open(folder.File("missing.onnx"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_names_types_and_shapes_are_named()
    {
        using var session = OrtSession.Create(TinyModel.Bytes());
        using var binding = session.Bind();
        var (samples, logits) = (new long[5], new float[20]);
        Assert.Contains("no input \"b\". Did you mean \"a\"?", Assert.Throws<GoldilocksException>(() => binding.Input<long>("b", samples, 5)).Message, StringComparison.Ordinal);
        Assert.Contains("no output \"logit\". Did you mean \"logits\"?", Assert.Throws<GoldilocksException>(() => binding.Output<float>("logit", logits, 5, 4)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => binding.Input<long>("a", samples, 4));
        Assert.Throws<ArgumentException>(() => binding.Input<long>("a", samples, -5));
        Assert.Throws<ArgumentException>(() => OrtTensor.Of(samples, 2, 2));
        Assert.Throws<NotSupportedException>(() => binding.Input<char>("a", new char[5], 5));

        RunFails(session.Bind().Output<float>("logits", logits, 5, 4), "a");
        RunFails(session.Bind().Input<int>("a", new int[5], 5).Output<float>("logits", logits, 5, 4), "Unexpected input data type");
        RunFails(session.Bind().Input<long>("a", samples, 5).Output<float>("logits", logits, 4, 5), "logits");
        RunFails(session.Bind().Input<long>("a", new long[] { 0, 99 }, 2).Output<float>("logits", new float[8], 2, 4), "99");
        binding.Input<long>("a", samples, 5).Output<float>("logits", logits, 5, 4).Run();
    }

    [Fact]
    public void A_provider_that_does_not_work_is_one_line()
    {
        Assert.Contains("CPUExecutionProvider", OrtSession.AvailableProviders);
        foreach (var provider in new[] { "cuda", "QNN", "no such thing" })
        {
            var error = Assert.Throws<GoldilocksException>(() => OrtSession.Create(TinyModel.Bytes(), new OrtOptions { Provider = provider }));
            Assert.Contains($"\"{provider}\"", error.Message, StringComparison.Ordinal);
            Assert.Contains("cpu", error.Message, StringComparison.Ordinal);
            Assert.Contains(NativeLibraries.OnnxRuntimeVariable, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
        }

        Assert.Throws<GoldilocksException>(() => OrtSession.Create(TinyModel.Bytes(), new OrtOptions { IntraOpThreads = -1 }));
    }

    [Fact]
    public void A_disposed_session_does_not_run()
    {
        var session = OrtSession.Create(TinyModel.Bytes());
        using var binding = session.Bind().Input<long>("a", new long[1], 1).Output<long>("doubled", new long[1], 1);
        session.Dispose();
        session.Dispose();
        Assert.Throws<ObjectDisposedException>(binding.Run);
    }

    private static void RunFails(OrtBinding binding, string part)
    {
        var error = Assert.Throws<GoldilocksException>(binding.Run);
        Assert.StartsWith("ONNX Runtime cannot run the model: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
        binding.Dispose();
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-6f * (1 + Math.Abs(expected[i])), $"[{i}]: expected {expected[i]}, found {actual[i]}");
    }
}
