"""The commands: what is printed, and the exit codes."""
