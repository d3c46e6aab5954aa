"""Pictures from the world: fetched, looked at, and made into what relay keeps."""
