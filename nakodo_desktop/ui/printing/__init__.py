"""Looking at a PDF, printing it and saving it, all from memory; the only place that knows pypdfium2."""
