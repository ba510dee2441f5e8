"""The verbs of the office: load, decide, save, audit, one transaction each."""
