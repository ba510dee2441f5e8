"""Every colour, size step and font family of the window; nobody else writes a colour value."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Literal

Token = Literal[
    "bg", "surface", "sunken", "line", "line2", "text", "muted", "faint", "sel",
    "accent", "accent_h", "accent_soft", "on_accent",
    "side", "side_h", "side_t", "side_m", "on_side",
    "ok", "ok_soft", "warn", "warn_soft", "bad", "bad_soft", "info", "info_soft", "rose", "rose_soft",
]  # fmt: skip
Tone = Literal["ok", "warn", "bad", "info", "rose", "mute"]

# `on_accent` is the text colour on every filled tone (accent, ok, bad); tests compute the contrasts.
LIGHT: Mapping[Token, str] = {
    "bg": "#F4F6F8", "surface": "#FFFFFF", "sunken": "#EEF1F4", "line": "#DDE2E8", "line2": "#7D8998",
    "text": "#1F2A37", "muted": "#5B6776", "faint": "#7D8998", "sel": "#DCE9F5",
    "accent": "#2B5C86", "accent_h": "#234C70", "accent_soft": "#E6EFF7", "on_accent": "#FFFFFF",
    "side": "#22384D", "side_h": "#2E4962", "side_t": "#D3DEE8", "side_m": "#A9BACA", "on_side": "#FFFFFF",
    "ok": "#1B7246", "ok_soft": "#E3F3EA", "warn": "#8A5A00", "warn_soft": "#FCF1D8",
    "bad": "#B3261E", "bad_soft": "#FBE9E7", "info": "#2B5C86", "info_soft": "#E6EFF7",
    "rose": "#A2456B", "rose_soft": "#F8E9EF",
}  # fmt: skip
DARK: Mapping[Token, str] = {
    "bg": "#171C22", "surface": "#1F262E", "sunken": "#1A2027", "line": "#323B46", "line2": "#6B7886",
    "text": "#E7ECF1", "muted": "#A6B2BF", "faint": "#7C8997", "sel": "#2A3F52",
    "accent": "#6FA8D8", "accent_h": "#8ABBE4", "accent_soft": "#243848", "on_accent": "#10202E",
    "side": "#11161B", "side_h": "#1D2630", "side_t": "#C7D2DD", "side_m": "#8494A3", "on_side": "#FFFFFF",
    "ok": "#6CC596", "ok_soft": "#1D352A", "warn": "#E0B45A", "warn_soft": "#3A2F18",
    "bad": "#F2938C", "bad_soft": "#402422", "info": "#6FA8D8", "info_soft": "#243848",
    "rose": "#E29AB8", "rose_soft": "#3D2631",
}  # fmt: skip

TONES: Mapping[Tone, tuple[Token, Token]] = {  # (text, ground)
    "ok": ("ok", "ok_soft"),
    "warn": ("warn", "warn_soft"),
    "bad": ("bad", "bad_soft"),
    "info": ("info", "info_soft"),
    "rose": ("rose", "rose_soft"),
    "mute": ("muted", "sunken"),
}

# The bundled faces come first; the others only serve a character both of them lack.
FAMILIES = ("BIZ UDPGothic", "Noto Sans JP", "Yu Gothic UI", "Meiryo UI", "Hiragino Sans", "Noto Sans CJK JP")
BUNDLED_FACES = ("BIZUDPGothic-Regular.ttf", "BIZUDPGothic-Bold.ttf", "NotoSansJP-Regular.ttf")

H1_PX, H2_PX, BODY_PX, LABEL_PX, CAPTION_PX, PILL_PX = 22, 16, 14, 13, 12, 11


class TextSize(Enum):
    """How large the operator wants to read; every size in the window follows."""

    STANDARD = "standard"
    LARGE = "large"
    EXTRA = "extra"

    @property
    def label(self) -> str:
        return {TextSize.STANDARD: "標準", TextSize.LARGE: "大", TextSize.EXTRA: "特大"}[self]

    @property
    def factor(self) -> float:
        return {TextSize.STANDARD: 1.0, TextSize.LARGE: 1.15, TextSize.EXTRA: 1.3}[self]


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two `#RRGGBB` colours, 1 to 21. Source: WCAG 2.2, relative luminance."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
