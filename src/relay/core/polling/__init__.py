"""When a source is asked again, and why then."""
