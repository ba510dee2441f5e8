"""Input widgets and small parts every page shares."""
