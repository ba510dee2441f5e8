"""Write resources/app.ico, the program's mark for Windows: run after its drawing has changed."""

import io
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QPixmap

from nakodo_desktop.ui.brand import ICON_SIDES_PX, mark

TARGET = Path(__file__).resolve().parent.parent / "resources/app.ico"


def icon_bytes() -> bytes:
    """The ICO file with every size drawn for itself; needs a QGuiApplication."""
    images = [Image.open(io.BytesIO(_png(mark(side)))) for side in ICON_SIDES_PX]
    out = io.BytesIO()
    images[-1].save(out, "ICO", sizes=[image.size for image in images], append_images=images[:-1])
    return out.getvalue()


def _png(drawn: QPixmap) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    drawn.save(buffer, "PNG")
    return bytes(buffer.data().data())


if __name__ == "__main__":
    application = QGuiApplication(["-platform", "offscreen"])
    TARGET.write_bytes(icon_bytes())
    print(TARGET.name, TARGET.stat().st_size, file=sys.stderr)
