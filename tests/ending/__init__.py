"""The daemon as a whole, told to end at the worst moment, put back from a copy, and told that it has asked too much."""
