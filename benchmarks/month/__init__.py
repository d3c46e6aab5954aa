"""Whether memory stays flat for a month."""
