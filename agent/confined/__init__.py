"""Where code that a model wrote runs: a child process that holds nothing, and the broker that calls tools for it."""
