"""A letter in, text out: reading, cleaning with a map back to the source, zones, and the head of the letter."""
