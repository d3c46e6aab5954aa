"""The states of a cross-post, and whose word moves it when."""
