"""A document, from bytes to things: decoded, mended, taken apart field by field."""
