using Fabric.Lab.Commands;

return await FabricCommand.RunAsync(args).ConfigureAwait(false);
