"""The throw-away demo office: invented people through the real services, and a tour that drives the real window."""
