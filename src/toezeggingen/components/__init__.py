"""Text to spans: spaCy components, one file each, in the order of the pipeline."""
