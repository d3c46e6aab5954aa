"""What ``relay import`` does with what it has read of another tool: shows it, writes it, remembers it."""
