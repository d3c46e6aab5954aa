"""No text of a stranger or an editor makes relay connect to an address inside: every entrance, every spelling."""
