"""Other readers of feeds, each asking the same farm in its own way: lemon24/reader, rss2email, newsboat."""
