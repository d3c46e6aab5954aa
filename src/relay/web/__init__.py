"""For editors and subscribers, over HTTP."""
