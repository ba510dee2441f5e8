"""Speed goals, each a ratio of two sides measured in turn in one run. Never part of the tests."""
