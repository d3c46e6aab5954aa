"""To networks: one file a network, behind one small interface."""
