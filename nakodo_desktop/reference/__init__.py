"""Reads resources/tables and resources/rules into domain types."""
