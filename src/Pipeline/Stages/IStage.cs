using System.Text.Json.Nodes;

namespace Goldilocks.Pipeline;

/// <summary>One step of a pipeline: reads the folders of its inputs, fills its own. An adapter per room implements it.</summary>
internal interface IStage
{
    /// <summary>Its name in pipelines.yml and of its folder: "train", "export", ...</summary>
    string Name { get; }

    /// <summary>Part of the cache key: raise it when the same configuration would give other output.</summary>
    int FormatVersion { get; }

    /// <summary>Names of the stages whose folders it reads.</summary>
    IReadOnlyList<string> Inputs { get; }

    /// <summary>Names of stages whose folders it reads in pipelines that have them.</summary>
    IReadOnlyList<string> OptionalInputs => [];

    /// <summary>
    /// Outputs that differ from one execution to the next (times): recorded and verified, but not part of what dependent stages are keyed by.
    /// Paths relative to the stage's folder, with '/'.
    /// </summary>
    IReadOnlyList<string> VolatileOutputs => [];

    /// <summary>Checks names and ranges and fills in defaults. The result is printed, saved, and part of the cache key. Touches no file.</summary>
    /// <exception cref="Core.GoldilocksException">One line. When it names a setting, the pipeline adds where that setting stands.</exception>
    JsonObject Resolve(IReadOnlyDictionary<string, Setting> settings);

    /// <summary>How far unfinished work in the stage's folder has come, also while another process is at it; null when there is nothing to tell.</summary>
    /// <exception cref="Core.GoldilocksException">What is there cannot be read.</exception>
    Train.SweepStatus? Look(string folder) => null;

    /// <summary>
    /// Does the work. The output folder is empty, or holds what an interrupted run of the same key left behind (<see cref="StageContext.Resuming"/>).
    /// Everything left in it is the output, except names that begin with '.' or end in ".tmp".
    /// </summary>
    /// <exception cref="SubmittedException">The work was handed to a cluster and goes on there.</exception>
    StageSummary Run(StageContext context);
}
