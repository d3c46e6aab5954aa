"""The TOML file as text: where each key and value stands, and what is wrong when it is not TOML."""
