"""To subscribers: one file a format, behind one small interface."""
