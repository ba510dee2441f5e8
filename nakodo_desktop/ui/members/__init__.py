"""Member list and member page."""
