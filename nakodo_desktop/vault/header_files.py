"""What the key file and its copy are called; light, for it is asked before anything else of the vault is loaded."""

from __future__ import annotations

FILE_NAMES = ("vault.hdr", "vault.hdr.2")
