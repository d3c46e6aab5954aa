"""What other tools know comes over, and nothing that they have posted is posted again."""
