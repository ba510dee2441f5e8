"""The recovery sheet: the one paper that opens the vault when nobody can. Drawn in memory, never kept as a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from nakodo_desktop.domain.japanese import format_seireki
from nakodo_desktop.printing.flow import Sheet, Strip, compose, heading, paragraph, space
from nakodo_desktop.printing.fonts import FaceName
from nakodo_desktop.printing.page import FRAME, GREY, HAIRLINE, LEFT, RIGHT, Page
from nakodo_desktop.printing.table import to_fill_in
from nakodo_desktop.printing.text import Style

_CODE = Style(size=19, face=FaceName.SANS, align="center")
_NUMBER = Style(size=7, face=FaceName.SANS, align="center", color=GREY)
_STEP = Style(size=10, leading=1.5)
_WARNING = Style(size=10, face=FaceName.SANS, leading=1.5)

_CELL, _CELL_HEIGHT, _GROUP_GAP = 7.6, 10.0, 3.6
_GROUPS_IN_ROW = 4
_QR_SIDE = 30.0


@dataclass(frozen=True, kw_only=True)
class RecoverySheet:
    """What stands on the paper. Codes are as the vault shows them: groups of letters joined by hyphens."""

    office_name: str
    recovery_code: str
    office_key: str | None  # None: this vault has none
    checkpoint: str  # short code of the audit log at this moment
    printed_on: date
    printed_by: str


_BEFORE = (
    "印刷したら、画面の案内に従って、この紙の復旧コードを一度入力して確かめます。",
    "封筒に入れて封をし、封をした日と名前を書いて、金庫など鍵のかかる場所にしまいます。",
    "写真を撮らず、写しを作らず、パソコンのそばに置かないでください。",
)
_WHEN_NEEDED = (
    "なこうどデスクの最初の画面で、パスワードの欄に復旧コードを入力します。",
    "7つの組を順に入力します。大文字・小文字と区切りは問いません。数字の 0・1・8 は使っていません。",
    "新しいパスワードを決めます。終わったら、新しい復旧シートを印刷し、この紙は細断します。",
)


def render_recovery_sheet(facts: RecoverySheet) -> bytes:
    """One A4 page. Raises: NotPrintable when the office's name does not fit or has no glyph."""
    strips = [
        paragraph(
            "この紙を手にした人は、会員の記録をすべて開くことができます。現金と同じように扱ってください。",
            field="復旧シート",
            style=_WARNING,
            before=2,
            after=1,
        ),
        heading("復旧コード", note="全員がパスワードを忘れたときに、これだけで開けます"),
        _code_strip(facts.recovery_code, with_qr=True),
    ]
    if facts.office_key is not None:
        strips += [
            heading("事務所キー", note="新しいパソコンで、パスワードと一緒に一度だけ使います"),
            _code_strip(facts.office_key, with_qr=False),
        ]
    strips += [heading("しまう前に"), *_steps(_BEFORE)]
    strips += [heading("使うとき"), *_steps(_WHEN_NEEDED)]
    strips += [
        heading("操作の記録の控え", note="記録が書き換えられていないか、後で照らし合わせます"),
        paragraph(
            f"照合コード　{facts.checkpoint}　（{format_seireki(facts.printed_on)} 時点）",
            field="照合コード",
            style=replace(_WARNING, size=11),
            before=2.5,
            after=2.5,
        ),
    ]
    strips += [space(3), to_fill_in(("封をした日", "しまった場所", "封をした人"), height=10.0, label_width=22.0)]
    sheet = Sheet(
        title="復旧シート",
        asides=(facts.office_name, f"作成日 {format_seireki(facts.printed_on)}", f"作成者 {facts.printed_by}"),
        foot="なこうどデスク 復旧シート　この紙の復旧コードは、新しい復旧シートを作ると使えなくなります。",
    )
    return compose(sheet, strips)


def _code_strip(code: str, *, with_qr: bool) -> Strip:
    """Each letter in its own cell, groups numbered, so that two people can read it out and check it."""
    groups = code.split("-")
    rows = -(-len(groups) // _GROUPS_IN_ROW)
    height = max(rows * (_CELL_HEIGHT + 6.0) + 3.0, _QR_SIDE + 6.0 if with_qr else 0.0)

    def draw(page: Page, y: float) -> None:
        for number, group in enumerate(groups):
            row, place = divmod(number, _GROUPS_IN_ROW)
            x = LEFT + 1 + place * (len(groups[0]) * _CELL + _GROUP_GAP)
            top = y + 3 + row * (_CELL_HEIGHT + 6.0)
            page.text(str(number + 1), _NUMBER, x=x, y=top, width=len(group) * _CELL, field="組の番号")
            for at, letter in enumerate(group):
                cell = x + at * _CELL
                page.box(cell, top + 3.2, width=_CELL, height=_CELL_HEIGHT, weight=HAIRLINE)
                page.centred(letter, _CODE, x=cell, y=top + 3.2, width=_CELL, height=_CELL_HEIGHT, field="コード")
            page.box(x, top + 3.2, width=len(group) * _CELL, height=_CELL_HEIGHT, weight=FRAME)
        if with_qr:
            page.qr(code, x=RIGHT - _QR_SIDE - 2, y=y + 3, side=_QR_SIDE)

    return Strip(height, draw)


def _steps(sentences: tuple[str, ...]) -> list[Strip]:
    return [
        paragraph(f"{number}．{sentence}", field="復旧シート", style=_STEP, before=1.8, after=0.8)
        for number, sentence in enumerate(sentences, start=1)
    ]
