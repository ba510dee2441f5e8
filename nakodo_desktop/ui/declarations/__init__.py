"""Declarations: due list, preview, print, signing."""
