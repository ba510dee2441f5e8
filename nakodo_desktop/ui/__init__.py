"""The window; with app and demo the only place that knows Qt."""
