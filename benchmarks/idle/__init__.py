"""What the daemon costs while it has nothing to do."""
