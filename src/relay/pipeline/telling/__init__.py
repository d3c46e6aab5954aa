"""Telling editors outside the page: rows first, then letters and messages in their rooms."""
