"""The text-to-image Space: front elevations of monuments and objects, lit for a black stage."""
