"""Documents as PDF bytes; the only package that knows reportlab."""
