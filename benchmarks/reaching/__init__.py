"""How soon others have what is new, and what was approved."""
