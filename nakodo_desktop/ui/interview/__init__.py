"""The intake interview."""
