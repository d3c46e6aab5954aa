"""How long a text is on each network."""
