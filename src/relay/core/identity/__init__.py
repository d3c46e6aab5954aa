"""Which entry a document speaks of, and what is new of it."""
