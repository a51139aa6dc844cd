using Goldilocks.Core;
using Goldilocks.Theory;

return await CommandHost.RunAsync(TheoryCommand.Create(), args);
