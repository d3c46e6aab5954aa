"""The API for programs: JSON under ``/api/v1``, by tokens. It does what the page does, but for judging."""
