"""Every answer that there is, and what must stand over it."""
