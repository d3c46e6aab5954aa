"""Which entries are kept, by the filter language."""
