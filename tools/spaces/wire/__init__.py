"""Reading from strangers: every answer bounded, in time and in size."""
