"""One call to a Space, done well."""
