"""Office, look and safety settings."""
