"""The terminal: a shell over the library."""
