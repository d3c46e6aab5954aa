"""The steps, in order, nothing else."""
