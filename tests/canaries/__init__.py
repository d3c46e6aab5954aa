"""Credentials that are looked for where they should not be, the key that seals them, and the code's own rules."""
