"""What a request is written with, for all networks."""
