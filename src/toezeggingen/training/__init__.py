"""Corpus to scores: what is measured and how. Nothing of a running extraction imports it."""
