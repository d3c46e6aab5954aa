"""The filter language: its tree, and how a text becomes one. ``docs/filters.md`` describes it."""
