"""The encrypted member file; the only package that knows SQL."""
