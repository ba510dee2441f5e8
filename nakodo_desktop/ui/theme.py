"""The look of the program: after `install` a widget asks its Theme for colours, fonts, icons and sizes.

The Theme is handed to widgets; there is no global one. A change of theme or text size builds the pages anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from string import Template

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QPalette, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from nakodo_desktop import paths
from nakodo_desktop.errors import ProgramDamaged
from nakodo_desktop.ui import icons
from nakodo_desktop.ui.tokens import BODY_PX, BUNDLED_FACES, DARK, FAMILIES, LIGHT, TextSize, Token

STYLE_SHEET = paths.RESOURCES / "style.qss"
_TRANSLATOR = "qtbase_ja"
_FONTS_LOADED = "bundled_fonts_loaded"
_STYLE_CHOSEN = "style_chosen"
_HAIRLINE_PX = 3  # lines and focus rings up to this width do not grow with the text


@dataclass(frozen=True)
class Theme:
    """Colours, fonts, icons and sizes of one theme at one text size."""

    dark: bool
    text_size: TextSize
    dpr: float = 1.0  # device pixels per logical pixel of the sharpest screen
    _pixmaps: dict[tuple[str, str, int, float], QPixmap] = field(default_factory=dict, repr=False, compare=False)

    @property
    def tokens(self) -> Mapping[Token, str]:
        return DARK if self.dark else LIGHT

    def hex(self, token: Token) -> str:
        return self.tokens[token]

    def color(self, token: Token) -> QColor:
        return QColor(self.tokens[token])

    def px(self, size: int) -> int:
        """A design size in pixels, at the operator's text size."""
        return round(size * self.text_size.factor)

    def font(self, px: int, bold: bool = False) -> QFont:
        """The window's face at a design size (scaled here, do not pass `theme.px`)."""
        font = QFont()
        font.setFamilies(list(FAMILIES))
        font.setPixelSize(self.px(px))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def pixmap(self, name: str, token: Token = "muted", px: int = 20, stroke: float = 1.75) -> QPixmap:
        """A line icon at a design size. Raises: ProgramDamaged when resources/icons lacks it."""
        key = (name, token, px, stroke)
        if key not in self._pixmaps:
            drawn = icons.draw(name, self.tokens[token], px=self.px(px), stroke=stroke, dpr=self.dpr)
            self._pixmaps[key] = drawn
        return self._pixmaps[key]

    def icon(self, name: str, token: Token = "muted", px: int = 18, on_token: Token | None = None) -> QIcon:
        """The same as a QIcon: faint when disabled, in `on_token` when checked."""
        icon = QIcon(self.pixmap(name, token, px))
        icon.addPixmap(self.pixmap(name, "faint", px), QIcon.Mode.Disabled)
        if on_token is not None:
            icon.addPixmap(self.pixmap(name, on_token, px), QIcon.Mode.Normal, QIcon.State.On)
        return icon


def styled_application(arguments: list[str]) -> QApplication:
    """The application object in our style. To ask for it later would first build QStyle for Python, 5 ms."""
    app = QApplication([*arguments, "-style", "fusion"])
    app.setProperty(_STYLE_CHOSEN, True)
    return app


def install(app: QApplication, *, dark: bool, text_size: TextSize) -> Theme:
    """Give the application its look and Japanese Qt texts; call before the first widget, again to change the theme.

    Raises: ProgramDamaged when a font, an icon, the style sheet or the translation is missing; NotWritable.
    """
    _load_fonts(app)
    _speak_japanese(app)
    theme = Theme(dark=dark, text_size=text_size, dpr=app.devicePixelRatio())
    if not app.property(_STYLE_CHOSEN):
        app.setStyle("Fusion")
    app.setFont(theme.font(BODY_PX))
    app.setPalette(_palette(theme))
    app.setStyleSheet(style_sheet(theme))
    return theme


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a dynamic property of `widget` changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def style_sheet(theme: Theme) -> str:
    """resources/style.qss with tokens, icon files and the text size filled in."""
    try:
        source = STYLE_SHEET.read_text(encoding="utf-8")
    except OSError as error:
        raise ProgramDamaged(STYLE_SHEET.name) from error
    source = re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)
    scaled = re.sub(r"\b(\d+)px", lambda match: f"{_scaled(theme, int(match[1]))}px", source)
    images: dict[str, tuple[str, Token]] = {
        "chevron_down": ("chevron-down", "muted"),
        "chevron_down_off": ("chevron-down", "faint"),
        "chevron_up": ("chevron-up", "muted"),
        "check": ("check", "on_accent"),
        "check_text": ("check", "text"),
    }
    files = {
        f"{key}_png": icons.file_for_qss(name, theme.hex(token), px=theme.px(16))
        for key, (name, token) in images.items()
    }
    colours = {str(token): value for token, value in theme.tokens.items()}
    return Template(scaled).substitute(colours, **files, **_radio_circle(theme))


def _radio_circle(theme: Theme) -> dict[str, str]:
    """Sizes of a radio button at which its radius is just half its side: Qt draws a square when it is more."""
    radius, ring = theme.px(9) + 1, theme.px(6)
    sizes = {"radio_side": 2 * radius - 2, "radio_radius": radius, "radio_dot": 2 * (radius - ring), "radio_ring": ring}
    return {name: f"{size}px" for name, size in sizes.items()}


def _scaled(theme: Theme, px: int) -> int:
    return px if px <= _HAIRLINE_PX else theme.px(px)


def _load_fonts(app: QApplication) -> None:
    if app.property(_FONTS_LOADED):
        return
    for face in BUNDLED_FACES:
        if QFontDatabase.addApplicationFont(str(paths.RESOURCES / "fonts" / face)) == -1:
            raise ProgramDamaged(f"fonts/{face}")
    app.setProperty(_FONTS_LOADED, True)


def _speak_japanese(app: QApplication) -> None:
    japanese = QLocale("ja_JP")  # never the system's locale, which may be C
    QLocale.setDefault(japanese)
    if app.findChild(QTranslator, _TRANSLATOR) is not None:
        return
    translator = QTranslator(app)  # the application keeps it alive
    translator.setObjectName(_TRANSLATOR)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if not (translator.load(japanese, "qtbase", "_", folder) and app.installTranslator(translator)):
        translator.setObjectName("")
        raise ProgramDamaged("qtbase_ja.qm")


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    colours: tuple[tuple[QPalette.ColorRole, Token], ...] = (
        (role.Window, "bg"),
        (role.WindowText, "text"),
        (role.Base, "surface"),
        (role.AlternateBase, "sunken"),
        (role.Text, "text"),
        (role.Button, "surface"),
        (role.ButtonText, "text"),
        (role.BrightText, "bad"),
        (role.Light, "surface"),
        (role.Midlight, "sunken"),
        (role.Mid, "line"),
        (role.Dark, "line2"),
        (role.Shadow, "line2"),
        (role.Highlight, "accent"),
        (role.HighlightedText, "on_accent"),
        (role.Accent, "accent"),
        (role.Link, "accent"),
        (role.LinkVisited, "accent"),
        (role.PlaceholderText, "faint"),
        (role.ToolTipBase, "text"),
        (role.ToolTipText, "surface"),
    )
    for one, token in colours:
        palette.setColor(one, theme.color(token))
    for one in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, theme.color("faint"))
    return palette
