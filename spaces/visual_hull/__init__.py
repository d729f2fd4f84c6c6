"""Image to 3D Gaussian splat, in the shape of a Hub Space."""
