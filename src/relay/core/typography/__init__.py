"""Text set as a printer of its language would."""
