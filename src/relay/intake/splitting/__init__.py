"""A body cut into its entries by its bytes, so that only what is new of it is read: nothing of it is parsed here."""
