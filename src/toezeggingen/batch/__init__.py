"""Many letters: finding them, the trip of each with its errors collected, and their records as whole lines."""
