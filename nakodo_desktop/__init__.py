"""nakodo_desktop: one office, one encrypted member file, one person at the keyboard."""

__version__ = "0.1.0"
