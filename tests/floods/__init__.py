"""Floods: thousands of entries at once, and the same ones served again in every way there is."""
