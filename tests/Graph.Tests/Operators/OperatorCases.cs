namespace Goldilocks.Graph.Tests.Operators;

/// <summary>Every operator in every form that the trainer takes, and the ways in which operators meet.</summary>
internal static class OperatorCases
{
    public static readonly SortedDictionary<string, Func<OperatorCase>> All = new(StringComparer.Ordinal)
    {
        ["Gather: repeated rows"] = () => With(c => c.WeighBatch(c.Batch("x", 5), 5)),
        ["Gather: constant indices"] = () => With(c =>
            c.Weigh(c.Apply("Gather", "y", [c.Parameter("table", [6, 5]), c.Integers("rows", 4, 0, 4, 2)]), 4, 5)),
        ["Neg"] = () => Unary("Neg"),
        ["Tanh"] = () => Unary("Tanh"),
        ["Relu"] = () => Unary("Relu"),
        ["Softmax"] = () => Unary("Softmax", 19),
        ["LogSoftmax"] = () => Unary("LogSoftmax", 19),
        ["Tanh of a matrix"] = () => With(c => c.Weigh(c.Apply("Tanh", "y", [c.Parameter("w", [5, 18])]), 5, 18)),
        ["Softmax of three axes"] = () => With(c =>
            c.WeighBatch(c.Apply("Softmax", "y", [c.Apply("Reshape", "x3", [c.Batch("x", 12), c.Integers("to", 0, 3, 4)])]), 3, 4)),
        ["MatMul: batch by matrix"] = () => With(c => c.WeighBatch(c.Apply("MatMul", "y", [c.Batch("x", 9), c.Parameter("w", [9, 20])]), 20)),
        ["MatMul: matrices"] = () => With(c => c.Weigh(c.Apply("MatMul", "y", [c.Parameter("v", [5, 9]), c.Parameter("w", [9, 20])]), 5, 20)),
        ["MatMul: three axes"] = () => With(c => c.WeighBatch(c.Apply("MatMul", "y",
            [c.Apply("Reshape", "x3", [c.Batch("x", 12), c.Integers("to", -1, 3, 4)]), c.Parameter("w", [4, 5])]), 3, 5)),
        ["MatMul: stacks of square matrices"] = () => With(c => c.WeighBatch(c.Apply("MatMul", "y", [Stack(c, "x", 3, 3), Stack(c, "x2", 3, 3)]), 3, 3)),
        ["MatMul: stacks of matrices"] = () => With(c => c.WeighBatch(c.Apply("MatMul", "y", [Stack(c, "x", 2, 5), Stack(c, "x2", 5, 18)]), 2, 18)),
        ["MatMul: constant stacks"] = () => With(c =>
            c.Weigh(c.Apply("MatMul", "y", [c.Parameter("v", [2, 3, 4, 2]), c.Parameter("w", [2, 3, 2, 5])]), 2, 3, 4, 5)),
        ["MatMul: a stack squared"] = () => With(c => c.WeighBatch(c.Apply("MatMul", "y", [Stack(c, "x", 17, 17), "x3"]), 17, 17)),
        ["ReduceSum: last axis"] = () => Reduction("ReduceSum"),
        ["ReduceMean: last axis"] = () => Reduction("ReduceMean"),
        ["ReduceMean: total, kept"] = () => With(c => c.Weigh(c.Apply("ReduceMean", "y", [c.Batch("x", 20)]), 1, 1)),
        ["ReduceSum: all axes named"] = () => With(c =>
            c.Weigh(c.Apply("ReduceSum", "y", [c.Batch("x", 20), c.Integers("axes", -1, 0)], ("keepdims", 0L)))),
        ["ReduceSum: a matrix"] = () => With(c => c.Weigh(c.Apply("ReduceSum", "y", [c.Parameter("w", [5, 18])], ("keepdims", 0L)))),
        ["Reshape: split and merged"] = () => With(c =>
        {
            var split = c.Apply("Reshape", "split", [c.Batch("x", 18), c.Integers("to", -1, 6, 3)]);
            return c.WeighBatch(c.Apply("Reshape", "y", [c.Apply("Tanh", "t", [split]), c.Integers("back", 0, -1)]), 18);
        }),
        ["Reshape: a matrix"] = () => With(c => c.Weigh(c.Apply("Reshape", "y", [c.Parameter("w", [6, 4]), c.Integers("to", 3, -1)]), 3, 8)),
        ["Gelu"] = () => Unary("Gelu"),
        ["Gelu by tanh"] = () => With(c => c.WeighBatch(c.Apply("Gelu", "y", [c.Batch("x", 20)], ("approximate", "tanh")), 20)),
        ["LayerNormalization"] = () => With(c => c.WeighBatch(c.Apply("LayerNormalization", "y", [c.Batch("x", 20), c.Parameter("scale", [20]), c.Parameter("bias", [20])]), 20)),
        ["LayerNormalization: no bias, own epsilon, three axes"] = () => With(c => c.WeighBatch(c.Apply("LayerNormalization", "y",
            [Stack(c, "x", 3, 7), c.Parameter("scale", [7])], ("epsilon", 0.01f)), 3, 7)),
        ["Transpose: heads"] = () => With(c => c.WeighBatch(Permuted(c, "y", c.Apply("Reshape", "x4", [c.Batch("x", 30), c.Integers("to", 0, 3, 2, 5)]), 0, 2, 1, 3), 2, 3, 5)),
        ["Transpose: the last axes"] = () => With(c => c.WeighBatch(Permuted(c, "y", Stack(c, "x", 3, 18), 0, 2, 1), 18, 3)),
        ["Transpose: a weight that others read"] = () => With(c =>
        {
            var turned = Permuted(c, "wt", c.Parameter("w", [20, 9]), 1, 0);
            return c.WeighBatch(c.Apply("Mul", "y", [c.Apply("MatMul", "p", [c.Batch("x", 9), turned]), c.Apply("MatMul", "p2", [c.Batch("x2", 9), c.Apply("Tanh", "t", [turned])])]), 20);
        }),
        ["MatMul: by a transposed weight"] = () => With(c =>
            c.WeighBatch(c.Apply("MatMul", "y", [Stack(c, "x", 3, 9), Permuted(c, "wt", c.Parameter("w", [20, 9]), 1, 0)]), 3, 20)),
        ["MatMul: stacks, the second transposed, long rows"] = () => With(c => c.WeighBatch(c.Apply("MatMul", "y", [Stack(c, "x", 2, 37), Permuted(c, "kt", Stack(c, "x2", 3, 37), 0, 2, 1)]), 2, 3)),
        ["MatMul: stacks, the second transposed, short rows"] = () => With(c => c.WeighBatch(c.Apply("MatMul", "y", [Stack(c, "x", 2, 5), Permuted(c, "kt", Stack(c, "x2", 3, 5), 0, 2, 1)]), 2, 3)),
        ["MatMul: stacks with long rows"] = () => With(c => c.WeighBatch(c.Apply("MatMul", "y", [Stack(c, "x", 2, 3), Stack(c, "x2", 3, 37)]), 2, 37)),
        ["MatMul: a row behind it"] = () => With(c => c.WeighBatch(c.Apply("Add", "y", [c.Apply("MatMul", "p", [Stack(c, "x", 3, 9), c.Parameter("w", [9, 20])]), c.Parameter("b", [20])]), 3, 20)),
        ["MatMul: a row before it, then Relu"] = () => With(c => c.WeighBatch(c.Apply("Relu", "y",
            [c.Apply("Add", "s", [c.Parameter("b", [20]), c.Apply("MatMul", "p", [c.Batch("x", 9), Permuted(c, "wt", c.Parameter("w", [20, 9]), 1, 0)])])]), 20)),
        ["MatMul: the same row twice, then Tanh"] = () => With(c =>
        {
            var h = c.Apply("Tanh", "h", [c.Apply("Add", "s", [c.Apply("MatMul", "p", [c.Batch("x", 9), c.Parameter("w", [9, 20])]), c.Parameter("b", [20])])]);
            return c.WeighBatch(c.Apply("Add", "y", [c.Apply("MatMul", "p2", [h, c.Parameter("w2", [20, 20])]), "b"]), 20);
        }),
        ["Concat"] = () => With(c => c.WeighBatch(c.Apply("Concat", "y", [c.Batch("x", 5), c.Batch("x2", 16), "x"], ("axis", -1L)), 26)),
        ["Concat, then Reshape"] = () => With(c => c.WeighBatch(c.Apply("Tanh", "y",
            [c.Apply("Reshape", "r", [c.Apply("Concat", "j", [c.Batch("x", 16), c.Batch("x2", 16)], ("axis", 1L)), c.Integers("to", 0, 2, 16)])]), 2, 16)),
        ["Reshape: a value that others read too"] = () => With(c =>
        {
            var r = c.Apply("Reshape", "r", [c.Batch("x", 32), c.Integers("to", 0, 2, 16)]);
            var back = c.Apply("Reshape", "back", [c.Apply("Tanh", "t", [r]), c.Integers("from", 0, 32)]);
            return c.WeighBatch(c.Apply("Mul", "y", [back, "x"]), 32);
        }),
        ["Split: equal parts"] = () => With(c =>
        {
            c.Split(["s1", "s2", "s3"], c.Batch("x", 15), null);
            return c.WeighBatch(c.Apply("Mul", "y", [c.Apply("Sub", "d", ["s3", "s1"]), "s2"]), 5);
        }),
        ["Split: one part unread"] = () => With(c =>
        {
            c.Split(["s1", "s2"], c.Batch("x", 20), c.Integers("sizes", 3, 17));
            return c.WeighBatch(c.Apply("Tanh", "y", ["s2"]), 17);
        }),
        ["Dropout"] = () => With(c => c.WeighBatch(c.Apply("Dropout", "y", [Stack(c, "x", 2, 37), c.Number("ratio", 0.3f), c.Flag("training")]), 2, 37)),
        ["attention of two heads"] = () => With(c =>
        {
            c.Split(["q", "k", "v"], Stack(c, "x", 3, 24), null);
            string Heads(string name) => Permuted(c, name + "h", c.Apply("Reshape", name + "s", [name, c.Integers(name + "to", 0, 3, 2, 4)]), 0, 2, 1, 3);
            var scores = c.Apply("Mul", "scores", [c.Apply("MatMul", "qk", [Heads("q"), Permuted(c, "kt", Heads("k"), 0, 1, 3, 2)]), c.Constant("scale", [1])]);
            var pattern = c.Apply("Softmax", "pattern", [c.Apply("Add", "masked", [scores, c.Constant("mask", [3, 3])])]);
            var mixed = Permuted(c, "m", c.Apply("MatMul", "pv", [pattern, Heads("v")]), 0, 2, 1, 3);
            return c.WeighBatch(c.Apply("Reshape", "y", [mixed, c.Integers("back", 0, 3, 8)]), 3, 8);
        }),
        ["x·x"] = () => With(c => c.WeighBatch(c.Apply("Mul", "y", [c.Batch("x", 5), "x"]), 5)),
        ["x + x"] = () => With(c => c.WeighBatch(c.Apply("Add", "y", [c.Batch("x", 5), "x"]), 5)),
        ["x − x"] = () => With(c => c.WeighBatch(c.Apply("Sub", "y", [c.Batch("x", 5), "x"]), 5)),
        ["a parameter in two products"] = () => With(c =>
        {
            var h = c.Apply("Gemm", "h", [c.Batch("x", 20), c.Parameter("w", [20, 20]), c.Parameter("b", [20])], ("transB", 1L));
            return c.WeighBatch(c.Apply("Gemm", "y", [c.Apply("Tanh", "t", [h]), "w", "b"], ("transB", 1L)), 20);
        }),
        ["a weight read both ways round"] = () => With(c =>
        {
            var h = c.Apply("Gemm", "h", [c.Batch("x", 20), c.Parameter("w", [20, 20])], ("transB", 1L));
            return c.WeighBatch(c.Apply("MatMul", "y", [c.Apply("Tanh", "t", [h]), "w"]), 20);
        }),
        ["w·wᵀ"] = () => With(c => c.Weigh(c.Apply("Gemm", "y", [c.Parameter("w", [6, 20]), "w"], ("transB", 1L)), 6, 6)),
        ["a table that is also a weight"] = () => With(c => c.WeighBatch(c.Apply("MatMul", "y", [c.Batch("x", 7), "x.table"]), 7)),
        ["Tanh behind a product that others read"] = () => With(c =>
        {
            var h = c.Apply("Gemm", "h", [c.Batch("x", 9), c.Parameter("w", [20, 9])], ("transB", 1L));
            return c.WeighBatch(c.Apply("Mul", "y", [c.Apply("Tanh", "t", [h]), h]), 20);
        }),
        ["Relu behind a product"] = () => With(c => c.WeighBatch(c.Apply("Relu", "y",
            [c.Apply("Gemm", "h", [c.Batch("x", 9), c.Parameter("w", [9, 20]), c.Parameter("b", [20])])]), 20)),
        ["a sum over a product's padded row"] = () => With(c =>
        {
            var dirt = c.Apply("Gemm", "h", [c.Batch("x", 20), c.Parameter("w", [20, 20])], ("transB", 1L));
            var again = c.Apply("Gemm", "g", [c.Apply("Relu", "r", [dirt]), "w"]);
            return c.WeighBatch(c.Apply("ReduceSum", "y", [c.Apply("Gemm", "k", [again, "w"], ("transB", 1L)), c.Integers("axes", 1)]), 1);
        }),
        ["gradients that meet: ReduceSum second"] = () => Meeting((c, h) =>
            c.Apply("Mul", "p", [c.Apply("ReduceSum", "y", [h, c.Integers("axes", 1)]), c.Constant("one", [1])]), 1),
        ["gradients that meet: Softmax second"] = () => Meeting((c, h) => c.Apply("Softmax", "y", [h]), 20),
        ["gradients that meet: Reshape second"] = () => Meeting((c, h) =>
            c.Apply("Reshape", "back", [c.Apply("Reshape", "y", [h, c.Integers("to", 0, 5, 4)]), c.Integers("from", 0, 20)]), 20),
    };

    static OperatorCases()
    {
        foreach (var op in new[] { "Add", "Sub", "Mul" })
        {
            All[$"{op}: equal shapes"] = () => With(c => c.WeighBatch(c.Apply(op, "y", [c.Batch("x", 5), c.Batch("x2", 5)]), 5));
            foreach (var columns in new[] { 5, 1 })
            {
                foreach (var (kind, shape) in new (string, long[])[] { ("row", [columns]), ("scalar", []), ("one", [1]) })
                {
                    All[$"{op}: {kind} on the right, {columns} columns"] = () => With(c =>
                        c.WeighBatch(c.Apply(op, "y", [c.Batch("x", columns), c.Parameter("s", shape)]), columns));
                    All[$"{op}: {kind} on the left, {columns} columns"] = () => With(c =>
                        c.WeighBatch(c.Apply(op, "y", [c.Parameter("s", shape), c.Batch("x", columns)]), columns));
                }
            }

            All[$"{op}: a matrix that repeats, right"] = () => With(c => c.WeighBatch(c.Apply(op, "y", [Stack(c, "x", 3, 5), c.Parameter("m", [3, 5])]), 3, 5));
            All[$"{op}: a matrix that repeats, left"] = () => With(c => c.WeighBatch(c.Apply(op, "y", [c.Parameter("m", [3, 5]), Stack(c, "x", 3, 5)]), 3, 5));
            All[$"{op}: vector and one"] = () => With(c => c.Weigh(c.Apply(op, "y", [c.Parameter("v", [5]), c.Parameter("s", [1])]), 5));
        }

        foreach (var bias in new[] { false, true })
        {
            foreach (var transposeB in new[] { false, true })
            {
                long[] shape = transposeB ? [20, 33] : [33, 20];
                All[$"Gemm: batch, transB={transposeB} bias={bias}"] = () => With(c => c.WeighBatch(c.Apply("Gemm", "y",
                    [c.Batch("x", 33), c.Parameter("w", shape, 0.3), .. bias ? [c.Parameter("b", [20])] : Array.Empty<string>()],
                    ("transB", transposeB ? 1L : 0L)), 20));
                foreach (var transposeA in new[] { false, true })
                {
                    long[] left = transposeA ? [33, 5] : [5, 33];
                    All[$"Gemm: matrices, transA={transposeA} transB={transposeB} bias={bias}"] = () => With(c => c.Weigh(c.Apply("Gemm", "y",
                        [c.Parameter("v", left, 0.3), c.Parameter("w", shape), .. bias ? [c.Parameter("b", [20])] : Array.Empty<string>()],
                        ("transA", transposeA ? 1L : 0L), ("transB", transposeB ? 1L : 0L)), 5, 20));
                }
            }
        }
    }

    /// <summary>Batch values as a matrix per row; its name is that of the values with a 3.</summary>
    private static string Stack(OperatorCase c, string name, int rows, int columns) =>
        c.Apply("Reshape", name + "3", [c.Batch(name, rows * columns), c.Integers(name + "3.shape", 0, rows, columns)]);

    private static string Permuted(OperatorCase c, string name, string x, params long[] axes) => c.Apply("Transpose", name, [x], ("perm", axes));

    private static OperatorCase With(Func<OperatorCase, OperatorCase> build) => build(new OperatorCase());

    private static OperatorCase Unary(string op, int columns = 5) => With(c => c.WeighBatch(c.Apply(op, "y", [c.Batch("x", columns)]), columns));

    private static OperatorCase Reduction(string op) => With(c => c.WeighBatch(c.Apply(op, "y", [c.Batch("x", 20), c.Integers("axes", -1)]), 1));

    /// <summary>
    /// h is read by the operator in question and, later in the graph, by a product: the product's gradient comes first, so the operator's is added
    /// through scratch memory that the product has left dirty. The gradient of the scalar s sums whole rows of h's, padding included.
    /// </summary>
    private static OperatorCase Meeting(Func<OperatorCase, string, string> second, int columns) => With(c =>
    {
        var h = c.Apply("Add", "h", [c.Batch("x", 20), c.Parameter("s", [])]);
        var y = second(c, h);
        var product = c.Apply("Gemm", "g", [h, c.Parameter("w", [columns, 20])], ("transB", 1L));
        return c.WeighBatch(c.Apply("Add", "sum", [y, c.Apply("Gemm", "g2", [product, c.Parameter("w2", [columns, columns])], ("transB", 1L))]), columns);
    });
}
