"""Long runs that are no tests: what they show is in the documents, and the command that shows it beside it."""
