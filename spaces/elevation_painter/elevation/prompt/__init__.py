"""What a prompt says: words in one spelling, the names that are known, the adjectives."""
