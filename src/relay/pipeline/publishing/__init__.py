"""What a publish has to do, and how it is done: no more than what changed since the last one."""
