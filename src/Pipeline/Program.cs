using Goldilocks.Analyze;
using Goldilocks.Core;
using Goldilocks.Data;
using Goldilocks.Export;
using Goldilocks.Pipeline;
using Goldilocks.Theory;
using Goldilocks.Train;

return await CommandHost.RunAsync(
    RootCommandBuilder.Create(
        stages: [new TrainAdapter(), new ExportAdapter(), new AnalyzeAdapter(), new TheoryAdapter(), new ReportAdapter()],
        extraCommands: [QueryCommand.Create(), BenchCommand.Create(), DataCommand.Create(), TrainCommand.Create(), ExportCommand.Create(), AnalyzeCommand.Create(), TheoryCommand.Create()]),
    args);
