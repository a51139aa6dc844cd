namespace Goldilocks.Pipeline;

/// <summary>Where a run tells people what it does.</summary>
internal interface IDisplay
{
    void Line(string text);

    /// <summary>One line on standard error, at once.</summary>
    void Error(string text);

    /// <summary>Runs <paramref name="work"/> while showing its progress under <paramref name="title"/>.</summary>
    T Track<T>(string title, Func<IProgress<StageProgress>, T> work);
}
