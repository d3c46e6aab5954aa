"""What relay says of a configuration: words in two languages, secrets masked, the snippet with its caret."""
