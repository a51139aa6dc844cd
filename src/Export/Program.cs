using Goldilocks.Core;
using Goldilocks.Export;

return await CommandHost.RunAsync(ExportCommand.Create(), args);
