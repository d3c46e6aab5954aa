"""HTML that nobody has checked."""
