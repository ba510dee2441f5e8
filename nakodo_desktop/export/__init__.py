"""What leaves the office as a file, and how anyone can check it."""
