using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>
/// Checkpoints along principal axes: where their symbols lie, which frequencies carry the circle, and what a model still answers when its embedding is
/// reduced to its first components, or to those that the run ends with (Figures 1, 21 and 22).
/// </summary>
internal static class ComponentAnalyzer
{
    /// <summary>The components of every checkpoint with a finite embedding, in the order of the rows.</summary>
    /// <param name="rows">What was analysed.</param>
    /// <param name="options">With <see cref="AnalyzeOptions.Components"/>.</param>
    /// <param name="jobs">Checkpoints at a time.</param>
    /// <param name="cancellation">Looked at between checkpoints.</param>
    /// <exception cref="GoldilocksException">No checkpoint has components; or a model cannot be read or run.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static IReadOnlyList<CheckpointComponents> Run(IReadOnlyList<AnalysisRow> rows, AnalyzeOptions options, int jobs, CancellationToken cancellation)
    {
        using var sessions = new SessionPool(options);
        var tasks = new TaskCatalog();
        var found = new List<CheckpointComponents>();
        string? reason = null;
        foreach (var run in rows.Where(row => row.Run is not null).GroupBy(row => row.Run))
        {
            try
            {
                found.AddRange(Run([.. run], tasks, sessions, options, jobs, cancellation));
            }
            catch (NotMeasurableException e)
            {
                reason ??= $"run {ModelSeries.Show(run.Key!)}: {e.Message}";
            }
        }

        return found.Count > 0 ? found : throw new GoldilocksException($"components: no run has an embedding with principal axes ({reason ?? "no model belongs to a run"}). Leave components out.");
    }

    private static CheckpointComponents[] Run(AnalysisRow[] run, TaskCatalog tasks, SessionPool sessions, AnalyzeOptions options, int jobs, CancellationToken cancellation)
    {
        var last = Embedding.Of(Checkpoint.Read(run.MaxBy(row => row.Step)!.File).Graph);
        var final = AxesOfEmbedding(last);
        var found = new CheckpointComponents?[run.Length];
        NotMeasurableException? unmeasured = null;
        Parallel.For(0, run.Length, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, i =>
        {
            try
            {
                found[i] = Measure(run[i], final, tasks, sessions, options);
            }
            catch (NotMeasurableException e)
            {
                unmeasured = e;
            }
        });
        return found.All(one => one is null) ? throw unmeasured! : [.. found.OfType<CheckpointComponents>()];
    }

    private static CheckpointComponents Measure(AnalysisRow row, PrincipalAxes final, TaskCatalog tasks, SessionPool sessions, AnalyzeOptions options)
    {
        var graph = Checkpoint.Read(row.File).Graph;
        var embedding = Embedding.Of(graph);
        var own = AxesOfEmbedding(embedding);
        if (own.Dimension != final.Dimension) throw new NotMeasurableException("the embedding has another dimension than at the run's end");
        (AxesOf Name, PrincipalAxes Axes)[] both = [(AxesOf.Own, own), (AxesOf.Final, final)];
        Projection Project((AxesOf Name, PrincipalAxes Axes) one)
        {
            var count = Math.Min(options.Components, one.Axes.Count);
            return new Projection(one.Name, one.Axes.Project(embedding.Values, count), count);
        }

        IReadOnlyList<ComponentAccuracy> accuracies = options.ComponentAccuracy == 0 ? [] : Evaluate(graph, embedding, both, tasks.Find(graph.Metadata), sessions, options);
        return new CheckpointComponents(
            row.Run!,
            row.Step!.Value,
            [.. both.Select(Project)],
            accuracies,
            FourierShares.Of(Array.ConvertAll(embedding.Values.ToArray(), value => (double)value), embedding.Symbols),
            FourierShares.Of(own.Project(embedding.Values, Math.Min(2, own.Count)), embedding.Symbols));
    }

    private static List<ComponentAccuracy> Evaluate(ModelGraph graph, Embedding embedding, (AxesOf Name, PrincipalAxes Axes)[] both, KnownTask task, SessionPool sessions, AnalyzeOptions options)
    {
        var name = graph.Initializers.First(initializer => initializer.Value == embedding.Tensor).Key;
        var model = sessions.Find(graph, task.Evaluation);
        var evaluator = model.Rent(graph);
        try
        {
            var accuracies = new List<ComponentAccuracy>();
            foreach (var (axes, values) in both)
            {
                foreach (var count in Counts(Math.Min(options.ComponentAccuracy, values.Count)))
                {
                    var reduced = Tensor.Of(values.Reconstruct(embedding.Values, count), embedding.Symbols, embedding.Dimension);
                    var outputs = evaluator.Run(graph.WithInitializers(graph.Initializers.Select(initializer => initializer.Key == name ? KeyValuePair.Create(name, reduced) : initializer)));
                    accuracies.Add(new ComponentAccuracy(axes, count, outputs.Accuracy(task.Train), outputs.Accuracy(task.Validation)));
                }
            }

            return accuracies;
        }
        finally
        {
            model.Return(evaluator);
        }
    }

    /// <summary>1 to 6, then about half as many again each time, and the largest.</summary>
    private static IEnumerable<int> Counts(int largest)
    {
        for (var count = 1; count < largest; count += count < 6 ? 1 : count / 2) yield return count;
        yield return largest;
    }

    private static PrincipalAxes AxesOfEmbedding(Embedding embedding)
    {
        foreach (var value in embedding.Values)
            if (!float.IsFinite(value)) throw new NotMeasurableException("the embedding is not finite");
        var axes = PrincipalAxes.Of(embedding.Values, embedding.Symbols);
        return axes.Count > 0 ? axes : throw new NotMeasurableException("the embedding has no variance");
    }
}
