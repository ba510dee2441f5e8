"""Whether this installation really works, piece by piece; for the frozen program above all. No network, no traces."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from nakodo_desktop.errors import UserError

_PLAIN_SQLITE = b"SQLite format 3\x00"


class _Failed(Exception):
    """One check did not come out as it must."""


def run_checks() -> Iterator[tuple[str, str]]:
    """(what, "" or what is wrong) for each check, all of them."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="nakodo-check-") as folder:
        checks: tuple[tuple[str, Callable[[Path], None]], ...] = (
            ("画面と日本語のボタン", _check_window),
            ("暗号化されたデータベース", _check_vault),
            ("写真の取り込み", _check_photo),
            ("独身誓約書のPDF（𠮷）", _check_declaration),
            ("郵便番号と市区町村", _check_tables),
            ("署名つきの書き出し", _check_bundle_signature),
        )
        for name, check in checks:
            try:
                check(Path(folder))
            except (_Failed, UserError, OSError) as error:
                yield name, str(error) or type(error).__name__
            else:
                yield name, ""


def _check_window(_folder: Path) -> None:
    from PySide6.QtWidgets import QApplication

    from nakodo_desktop.app import make_application
    from nakodo_desktop.ui.theme import install
    from nakodo_desktop.ui.tokens import TextSize
    from nakodo_desktop.ui.waiting import WaitingScreen

    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else make_application(["self-check"])
    theme = install(app, dark=False, text_size=TextSize.STANDARD)
    _expect(app.translate("QPlatformTheme", "Cancel") == "キャンセル", "Qtの文字が日本語ではありません")
    screen = WaitingScreen(theme, "確認中")
    screen.resize(640, 400)
    _expect(not screen.grab().isNull(), "画面を描けません")


def _check_vault(folder: Path) -> None:
    from nakodo_desktop.demo.office import HEAD, OFFICE, PASSPHRASE
    from nakodo_desktop.services.unlocking import create_job, finish_set_up, open_vault, unlock_job
    from nakodo_desktop.vault.vault import Vault

    at = folder / "vault"
    vault: Vault = open_vault(create_job(at, passphrase=PASSPHRASE, head_name=HEAD)())
    finish_set_up(vault, OFFICE)
    vault.close()
    for file in at.glob("*.db"):
        _expect(file.read_bytes()[: len(_PLAIN_SQLITE)] != _PLAIN_SQLITE, "データベースが暗号化されていません")
    open_vault(unlock_job(at, PASSPHRASE)()).close()


def _check_photo(_folder: Path) -> None:
    from nakodo_desktop.demo.portraits import draw_portrait
    from nakodo_desktop.services.photo_intake import decode_photo

    photo = decode_photo(draw_portrait(0, female=True))
    _expect(photo.jpeg.startswith(b"\xff\xd8") and b"Exif" not in photo.jpeg, "写真を作り直せません")


def _check_declaration(_folder: Path) -> None:
    import pypdfium2

    from nakodo_desktop.domain.declaration_facts import Copy, DeclarationFacts, DeclarationOffice
    from nakodo_desktop.printing.declaration import render_declaration
    from nakodo_desktop.printing.template import in_force

    today = date.today()
    template = in_force("single_status_declaration", on=today)
    facts = DeclarationFacts(
        document_number="SD-00000000-0000",
        text_version=template.version,
        text_sha256=template.sha256,
        office=DeclarationOffice(
            name="お試し結婚相談所", representative="見本 所長", postal_code="100-0000", address="架空町1", phone=""
        ),
        lawyer_name=None,
        legal_name="𠮷例 髙﨑",
        kana="よしれい たかさき",
        birth_date=date(1990, 1, 31),
        address="東京都千代田区架空町1-1",
        valid_months=3,
        matchmaker="見本 所長",
        identity_document="運転免許証",
        issued_on=today,
        copy=Copy.OFFICE,
    )
    document = pypdfium2.PdfDocument(render_declaration(template, facts))
    text = document[0].get_textpage().get_text_range()
    document.close()
    _expect("𠮷例" in text and "髙﨑" in text, "誓約書の文字が正しく入りません")


def _check_tables(_folder: Path) -> None:
    from nakodo_desktop.reference import municipalities, occupations, postal, rules
    from nakodo_desktop.reference.notice import load_notice

    places = municipalities.load()
    found = [place.city for place in postal.load(places).lookup("154-0017")]
    _expect(found == ["世田谷区"], "郵便番号の表が正しくありません")
    occupations.load()
    rules.load()
    load_notice()


def _check_bundle_signature(_folder: Path) -> None:
    from nakodo_desktop.export.signing import new_signing_key, public_key_of, sign_manifest, signs_manifest

    key = new_signing_key()
    signature = sign_manifest(b"{}", signing_key=key)
    _expect(signs_manifest(signature, b"{}", public_key=public_key_of(key)), "署名を確かめられません")
    _expect(not signs_manifest(signature, b"{} ", public_key=public_key_of(key)), "書き換えに気づけません")


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise _Failed(otherwise)
