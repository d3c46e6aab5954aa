"""What other tools know, read from their files: sources, filters, accounts without secrets, and what was posted."""
