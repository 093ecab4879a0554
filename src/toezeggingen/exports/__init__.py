"""A record as others read it, one file a format. Imports records, never spaCy."""
