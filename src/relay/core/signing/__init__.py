"""Who signs in: by which ways, how often it may be tried, and what a member's change may not do."""
