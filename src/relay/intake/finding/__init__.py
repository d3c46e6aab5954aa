"""Where a feed may be, and what a page without one is made of."""
