"""What a span means: pure functions and frozen dataclasses. No spaCy, no input or output."""
