using System.Runtime.ExceptionServices;

namespace Goldilocks.Graph.Compile;

/// <summary>Threads that work at the same time on parts of one task, the calling thread among them. Running a task allocates nothing.</summary>
internal sealed class WorkerTeam : IDisposable
{
    private readonly Barrier _begin;
    private readonly Barrier _end;
    private readonly Thread[] _others;
    private Action<int>? _task;
    private ExceptionDispatchInfo? _broken;

    /// <param name="threads">At least 1, the calling thread included.</param>
    public WorkerTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        (_begin, _end) = (new Barrier(threads), new Barrier(threads));
        _others = [.. Enumerable.Range(1, threads - 1).Select(worker => new Thread(() => Serve(worker)) { IsBackground = true, Name = $"worker {worker}" })];
        foreach (var thread in _others) thread.Start();
    }

    /// <summary>Threads, the calling one included.</summary>
    public int Count => _others.Length + 1;

    /// <summary>Calls <paramref name="task"/> once on every thread with the thread's number, 0..<see cref="Count"/>-1, and returns when all are done.</summary>
    public void Run(Action<int> task)
    {
        _task = task;
        _begin.SignalAndWait();
        Work(0);
        _end.SignalAndWait();
        if (_broken is not { } broken) return;
        _broken = null;
        broken.Throw();
    }

    public void Dispose()
    {
        _task = null;
        _begin.SignalAndWait();
        foreach (var thread in _others) thread.Join();
        _begin.Dispose();
        _end.Dispose();
    }

    private void Serve(int worker)
    {
        while (true)
        {
            _begin.SignalAndWait();
            if (_task is null) return;
            Work(worker);
            _end.SignalAndWait();
        }
    }

    private void Work(int worker)
    {
        try
        {
            _task!(worker);
        }
        catch (Exception e)
        {
            _broken = ExceptionDispatchInfo.Capture(e);
        }
    }
}
