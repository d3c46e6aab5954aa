"""Which picture of an entry is shown, and what may be kept of it."""
