"""One file a tool: how it is configured and run, as its own documentation has it."""
