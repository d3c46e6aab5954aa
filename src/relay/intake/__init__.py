"""From the world: fetched, guarded, parsed."""
