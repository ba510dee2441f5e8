"""Choosing, previewing and writing what goes to the site."""
