"""What somebody who helps needs to know about this PC: versions and sizes, never a path, a name or a member."""

from __future__ import annotations

import platform

from PySide6 import __version__ as pyside_version
from PySide6.QtCore import QSysInfo, qVersion
from PySide6.QtGui import QScreen

from nakodo_desktop import __version__
from nakodo_desktop.ui.theme import Theme


def support_facts(theme: Theme, screen: QScreen) -> str:
    """Lines to be pasted into a message."""
    size = screen.geometry().size()
    lines = (
        f"なこうどデスク {__version__}",
        f"OS: {QSysInfo.prettyProductName()} ({QSysInfo.currentCpuArchitecture()})",
        f"Python {platform.python_version()} / Qt {qVersion()} / PySide6 {pyside_version}",
        f"画面: {size.width()}×{size.height()}、倍率 {screen.devicePixelRatio():g}",
        f"文字: {theme.text_size.label}、{'暗い' if theme.dark else '明るい'}画面",
    )
    return "\n".join(lines)
