"""Which entry a document speaks of, what is new of it, and which post of another source tells the same."""
