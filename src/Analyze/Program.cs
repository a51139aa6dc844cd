using Goldilocks.Analyze;
using Goldilocks.Core;

return await CommandHost.RunAsync(AnalyzeCommand.Create(), args);
