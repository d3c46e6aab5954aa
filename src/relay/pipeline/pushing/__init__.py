"""What hubs push, and asking them to."""
