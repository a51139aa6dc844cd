using Goldilocks.Numerics;

namespace Goldilocks.Graph.Compile;

/// <summary>
/// A graph compiled for batches that are larger than a core's cache, or for several cores: a step cuts its batch into chunks, adds up their gradients and
/// updates once. Evaluation, without dropout, is a plan of its own over the same parameters. Steps allocate nothing.
/// </summary>
/// <remarks>
/// Chunks are added up in a fixed number of lanes and lanes in their order, so results depend on the batch alone: not on the number of threads, nor on
/// which of them took which lane.
/// </remarks>
public sealed unsafe class ChunkedModel : IDisposable
{
    /// <summary>Places where gradients are added up side by side: as many threads find work.</summary>
    private const int MostLanes = 8;

    /// <summary>Floats that are updated at a time: the lanes' gradients, the parameters and their moments stay in the first cache.</summary>
    private const int UpdateBlock = 1024;

    private readonly WorkerTeam _team;
    private readonly Chunks _batch;
    private readonly Chunks _evaluation;
    private readonly PlanSet[] _trainers;
    private readonly PlanSet[] _evaluators;
    private readonly InstructionSet _set;
    private readonly Arena _laneMemory;
    private readonly nint[][] _lanes;
    private readonly Action<int> _addGradients;
    private readonly Action<int> _update;
    private readonly Action<int> _evaluate;
    private RowFeeder _feed = null!;
    private RowFeeder _take = null!;
    private long _step;
    private int _next;

    /// <param name="graph">With dropout, if any.</param>
    /// <param name="options">See there.</param>
    /// <exception cref="Core.GoldilocksException">An operator, a shape or a name does not fit.</exception>
    public ChunkedModel(ModelGraph graph, ChunkedOptions options)
    {
        (_batch, _evaluation, _set) = (Chunks.Of(graph, options.Batch), Chunks.Of(graph, options.EvaluationRows), options.Set);
        _team = new WorkerTeam(Math.Clamp(options.Threads, 1, Math.Min(MostLanes, Math.Max(_batch.Count, _evaluation.Count))));
        var training = new CompileOptions
        {
            ForwardRows = _batch.LargestRows,
            GradientRows = _batch.LargestRows,
            Loss = options.Loss,
            LossRows = options.Batch,
            Outputs = [],
            Groups = options.Groups,
            DropoutSeed = options.DropoutSeed,
            Set = options.Set,
        };
        Parameters = CompiledModel.Compile(graph, training);
        _trainers = [.. Enumerable.Range(0, _team.Count).Select(worker => new PlanSet(worker == 0 ? Parameters : Parameters.Beside(graph, training), _batch))];
        var trained = graph.WithoutDropout();
        var evaluation = new CompileOptions { ForwardRows = _evaluation.LargestRows, Outputs = options.Outputs, Set = options.Set };
        _evaluators = [.. Enumerable.Range(0, _team.Count).Select(_ => new PlanSet(Parameters.Beside(trained, evaluation), _evaluation))];

        var lanes = Math.Min(MostLanes, _batch.Count);
        _laneMemory = new Arena((lanes - 1) * Parameters.Groups.Sum(group => Arena.BytesFor(group.Size)));
        _lanes = new nint[lanes][];
        for (var lane = 0; lane < lanes; lane++)
            _lanes[lane] = [.. Parameters.Groups.Select(group => lane == 0 ? (nint)group.Gradient : (nint)_laneMemory.Take(group.Size))];
        (_addGradients, _update, _evaluate) = (AddGradients, Update, Evaluate);
    }

    /// <summary>Holds the parameters and their moments.</summary>
    public CompiledModel Parameters { get; }

    /// <summary>Threads at work.</summary>
    public int Threads => _team.Count;

    /// <summary>Floating-point operations of the matrix products of one training step.</summary>
    public long FlopsPerStep => Enumerable.Range(0, _batch.Count).Sum(chunk => _trainers[0].For(_batch.RowsOf(chunk)).FlopsPerStep);

    /// <summary>One update.</summary>
    /// <param name="step">Updates before it.</param>
    /// <param name="feed">Puts the batch's rows into the inputs.</param>
    public void Step(long step, RowFeeder feed)
    {
        (_step, _feed, _next) = (step, feed, -1);
        _team.Run(_addGradients);
        _team.Run(_update);
    }

    /// <summary>Computes the outputs of all evaluation rows.</summary>
    /// <param name="feed">Puts rows into the inputs.</param>
    /// <param name="take">Takes rows of the outputs before their memory is used again.</param>
    public void Evaluate(RowFeeder feed, RowFeeder take)
    {
        (_feed, _take, _next) = (feed, take, -1);
        _team.Run(_evaluate);
    }

    public void Dispose()
    {
        _team.Dispose();
        foreach (var plans in _evaluators.Concat(_trainers.Reverse())) plans.Dispose();
        _laneMemory.Dispose();
    }

    /// <summary>Takes lane after lane and adds up the gradients of its chunks.</summary>
    private void AddGradients(int worker)
    {
        for (var lane = Interlocked.Increment(ref _next); lane < _lanes.Length; lane = Interlocked.Increment(ref _next))
        {
            for (var chunk = lane; chunk < _batch.Count; chunk += _lanes.Length)
            {
                var (first, rows) = (_batch.First(chunk), _batch.RowsOf(chunk));
                var plan = _trainers[worker].For(rows);
                plan.UseGradients(_lanes[lane]);
                (plan.Position.Step, plan.Position.FirstRow) = (_step, first);
                _feed(plan, first, rows);
                plan.Forward();
                plan.Backward();
            }
        }
    }

    /// <summary>Updates the worker's share of the parameters by the sum of all lanes, which are zero afterwards.</summary>
    private void Update(int worker)
    {
        for (var g = 0; g < Parameters.Groups.Count; g++)
        {
            var group = Parameters.Groups[g];
            var blocks = (group.Size + UpdateBlock - 1) / UpdateBlock;
            for (var block = blocks * worker / _team.Count; block < blocks * (worker + 1) / _team.Count; block++)
            {
                var start = block * UpdateBlock;
                var count = Math.Min(UpdateBlock, group.Size - start);
                var gradient = (float*)_lanes[0][g] + start;
                for (var lane = 1; lane < _lanes.Length; lane++)
                {
                    var other = (float*)_lanes[lane][g] + start;
                    Elementwise.Add(gradient, other, gradient, count, _set);
                    new Span<float>(other, (int)count).Clear();
                }

                AdamW.Update(group.Options, _step + 1, group.Data + start, gradient, group.First + start, group.Second + start, count, _set);
                new Span<float>(gradient, (int)count).Clear();
            }
        }
    }

    private void Evaluate(int worker)
    {
        for (var chunk = Interlocked.Increment(ref _next); chunk < _evaluation.Count; chunk = Interlocked.Increment(ref _next))
        {
            var (first, rows) = (_evaluation.First(chunk), _evaluation.RowsOf(chunk));
            var plan = _evaluators[worker].For(rows);
            _feed(plan, first, rows);
            plan.Forward();
            _take(plan, first, rows);
        }
    }

    /// <summary>One thread's plans for the sizes that chunks have, the largest and one row less, in one memory.</summary>
    private sealed class PlanSet : IDisposable
    {
        private readonly CompiledModel _largest;
        private readonly CompiledModel? _smaller;

        public PlanSet(CompiledModel largest, Chunks chunks)
        {
            _largest = largest;
            if (chunks.Rows % chunks.Count != 0) _smaller = largest.ForRows(chunks.LargestRows - 1);
        }

        public CompiledModel For(int rows) => rows == _largest.Rows ? _largest : _smaller!;

        public void Dispose()
        {
            _smaller?.Dispose();
            _largest.Dispose();
        }
    }
}
