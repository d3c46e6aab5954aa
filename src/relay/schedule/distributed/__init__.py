"""Many processes: Procrastinate hands out the work, and one worker leads by a lease."""
