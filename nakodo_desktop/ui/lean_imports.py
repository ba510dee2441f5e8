"""Keeps PySide6 from opening the source of every module imported after it.

It looks there for its own name, for the sake of `from __feature__ import …`, which this program does not use: a tenth
of what the unlock window costs (adr 0018), and a file for each module that a virus scanner looks at, too.
"""

from __future__ import annotations

import sys

from PySide6 import QtCore


def spare_sources() -> None:
    """Once, before the other imports. A PySide6 that works otherwise is left alone, and only slower."""
    assert QtCore.__name__  # imported for its effect: from now on PySide6 watches imports
    feature = sys.modules.get("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        setattr(feature, "_mod_uses_pyside", lambda _module: False)  # noqa: B010  # a name mypy cannot know
