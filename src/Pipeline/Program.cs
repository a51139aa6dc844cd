using Goldilocks.Core;
using Goldilocks.Pipeline;

return await CommandHost.RunAsync(RootCommandBuilder.Create(stages: [], extraCommands: []), args);
