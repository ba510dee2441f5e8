"""The window's side of deleting on time."""
