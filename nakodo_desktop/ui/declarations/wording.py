"""What the panel says about a declaration in each of its states."""

from __future__ import annotations

from collections.abc import Iterable

from nakodo_desktop.domain.declaration import Declaration, DeclarationState
from nakodo_desktop.domain.japanese import format_wareki
from nakodo_desktop.services.declarations import Printing
from nakodo_desktop.ui.tokens import Tone

_EXPLANATIONS: dict[DeclarationState | None, str] = {
    None: "記録から誓約書を作り、ご本人に読み上げて、手書きで署名していただきます。",
    DeclarationState.DRAFT: "内容をご本人と確認してから印刷してください。印刷しただけでは署名済みになりません。",
    DeclarationState.PRINTED: "ご本人の署名をいただいたら、「署名を記録する」を押してください。",
    DeclarationState.SIGNED: "期限の前に、もう一度署名をいただきます。",
    DeclarationState.EXPIRED: "期限が切れています。新しい誓約書に署名をいただくまで、協会サイトには出せません。",
    DeclarationState.SUPERSEDED: "新しい誓約書に替わりました。署名されたときと同じものを、もう一度印刷できます。",
    DeclarationState.FALSE_SUSPECTED: "虚偽の疑いがあるため、協会サイトには出せません。",
}
STATE_TONES: dict[DeclarationState, Tone] = {
    DeclarationState.DRAFT: "info",
    DeclarationState.PRINTED: "warn",
    DeclarationState.SIGNED: "ok",
    DeclarationState.EXPIRED: "bad",
    DeclarationState.SUPERSEDED: "mute",
    DeclarationState.FALSE_SUSPECTED: "bad",
}
NONE_YET = "未作成"

_LIMITED = (DeclarationState.SIGNED, DeclarationState.EXPIRED)


def variants_told(clusters: Iterable[str]) -> str:
    """What to say of characters that print in their usual form; the paper stands before a lawyer."""
    named = "・".join(f"「{cluster}」" for cluster in dict.fromkeys(clusters))
    return f"{named}の異体字は帳票の書体にないため、通常の字形で印刷します。本人確認書類の字と見比べてください。"


def title(declaration: Declaration | None) -> str:
    """A word: beside the sheet there is no room for more, least of all for a date in two halves."""
    return NONE_YET if declaration is None else declaration.state.label


def explanation(declaration: Declaration | None) -> str:
    """What to do next; a date stands in a line of its own."""
    if declaration is None:
        return _EXPLANATIONS[None]
    until = declaration.valid_until
    limit = f"{format_wareki(until)}まで\n" if until and declaration.state in _LIMITED else ""
    return limit + _EXPLANATIONS[declaration.state]


def life(declaration: Declaration) -> str:
    """When it was made, and in lines of their own when, where and before whom it was signed and where it lies."""
    lines = [f"{format_wareki(declaration.created_at.astimezone().date())} 作成"]
    if declaration.signed_on is not None:
        lines.append(f"{format_wareki(declaration.signed_on)} 署名")
        lines.append(f"{declaration.place}　立会い {declaration.witness_name}")
    if declaration.filed_at:
        lines.append(f"保管 {declaration.filed_at}")
    return "\n".join(lines)


def printing_lines(printings: Iterable[Printing]) -> list[str]:
    """The print history, newest first."""
    lines = []
    for printing in printings:
        at = printing.printed_at.astimezone()
        what = f"{printing.copies}部印刷" if printing.output == "printer" else "PDFに保存"
        lines.append(f"{at.year}年{at.month}月{at.day}日 {at:%H:%M}　{what}（{printing.staff_name}）")
    return lines
