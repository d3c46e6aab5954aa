"""What the publishers wrote down, held against the rules of polling; nothing in here knows how relay decides."""
