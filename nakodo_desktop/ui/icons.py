"""Draws the bundled line icons in any colour and size; nobody else reads an SVG file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSaveFile, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from nakodo_desktop import paths
from nakodo_desktop.errors import NotWritable, ProgramDamaged

ICONS = paths.RESOURCES / "icons"
_LUCIDE_STROKE = 'stroke-width="2"'


def draw(name: str, colour: str, *, px: int, stroke: float, dpr: float) -> QPixmap:
    """The icon `name` in `colour` (#RRGGBB), `px` logical pixels square. Raises: ProgramDamaged when it is missing."""
    try:
        svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    except OSError as error:
        raise ProgramDamaged(f"icons/{name}.svg") from error
    svg = svg.replace("currentColor", colour).replace(_LUCIDE_STROKE, f'stroke-width="{stroke}"')
    renderer = QSvgRenderer(QByteArray(svg.encode("utf-8")))
    if not renderer.isValid():
        raise ProgramDamaged(f"icons/{name}.svg")
    side = round(px * dpr)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(dpr)
    return pixmap


def file_for_qss(name: str, colour: str, *, px: int) -> str:
    """Path of a rendered PNG, since `url()` in QSS needs a file; kept in the user's cache, written once.

    Raises: ProgramDamaged (icon missing), NotWritable (the cache folder).
    """
    folder = paths.cache_dir() / "icons"
    stem = f"{name}-{colour[1:]}-{px}"
    for dpr in (1, 2):
        path = folder / f"{stem}{'' if dpr == 1 else '@2x'}.png"
        if not path.exists():
            _save(draw(name, colour, px=px, stroke=2.25, dpr=dpr), path)
    return (folder / f"{stem}.png").as_posix()


def _save(pixmap: QPixmap, path: Path) -> None:
    refused = NotWritable(
        "画面の部品を保存するフォルダーに書き込めません。",
        f"空き容量と書き込みの権限をご確認ください: {path.parent}",
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise refused from error
    file = QSaveFile(str(path))  # a second window starting now sees all of the picture or none
    pixmap.setDevicePixelRatio(1)
    if not (file.open(QSaveFile.OpenModeFlag.WriteOnly) and pixmap.save(file, "PNG") and file.commit()):
        raise refused
