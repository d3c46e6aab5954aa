"""What a document says, in the tables."""
