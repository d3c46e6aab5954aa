"""Words, sentences and lengths."""
