"""Keeps Tab and Enter in reading order although pages are made late: a new page would be the last of the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def chain_after(page: QWidget, following: Sequence[QWidget]) -> None:
    """After the last field of `page` come the widgets of `following`, one after the other."""
    before = _last_field(page)
    for after in following:
        if before is not None:
            QWidget.setTabOrder(before, after)
        before = after


def _last_field(page: QWidget) -> QWidget | None:
    """The last descendant in the order of the focus chain that Tab can reach.

    The chain is the whole window's, some thousand widgets: the walk ends with the last of the page's own.
    """
    fields = {one for one in page.findChildren(QWidget) if _is_reached_by_tab(one)}
    last, one = None, page.nextInFocusChain()
    while fields and one is not None and one is not page:
        if one in fields:
            fields.remove(one)
            last = one
        one = one.nextInFocusChain()
    return last


def _is_reached_by_tab(one: QWidget) -> bool:
    return bool(one.focusPolicy() & Qt.FocusPolicy.TabFocus) and one.focusProxy() is None
