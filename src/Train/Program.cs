using Goldilocks.Core;
using Goldilocks.Train;

return await CommandHost.RunAsync(TrainCommand.Create(), args);
