"""As much of an entry as an editor would print."""
