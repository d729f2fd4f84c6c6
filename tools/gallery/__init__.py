"""What a gallery is: its settings, its manifest, its pieces, its history."""
