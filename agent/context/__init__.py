"""What the model is told, shown and reminded of."""
