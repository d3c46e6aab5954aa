"""Words of strangers that want to be a script, in every field and every output."""
