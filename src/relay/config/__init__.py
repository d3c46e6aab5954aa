"""One TOML file and the environment, made into frozen values, with messages for a person."""
