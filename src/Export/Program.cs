using System.CommandLine.Help;
using Goldilocks.Core;
using Goldilocks.Export;

var command = ExportCommand.Create();
command.Options.Add(new HelpOption());
return await CommandHost.RunAsync(command, args);
