"""The command line: the window, and the same services without it. Prints a UserError's two lines, returns a code.

The window's modules are imported only by the window's branch: the other verbs need no Qt.
"""

from __future__ import annotations

import gc
import json
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nakodo_desktop import __version__
from nakodo_desktop.errors import UserError

if TYPE_CHECKING:
    import argparse

    from nakodo_desktop.services.unlocking import Opened

OK, REFUSED, USAGE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """0: done. 1: refused, with the reason on stderr. 2: the call's words are off, or there is no display."""
    words = sys.argv[1:] if arguments is None else arguments
    if words[:1] == ["--photo-decoder"]:  # the frozen program's child process
        from nakodo_desktop import photo_decoder

        return photo_decoder.main(sys.stdin.buffer, sys.stdout.buffer)
    logging.getLogger().addHandler(logging.NullHandler())  # the window keeps a log file, a command tells on stderr
    try:
        if not words:  # a double click: the window need not wait for a parser
            return _window(None, demo=False)
        chosen = _parser().parse_args(words)
        return int(chosen.run(chosen))
    except UserError as error:
        print(error.message, file=sys.stderr)
        if error.advice:
            print(error.advice, file=sys.stderr)
        return REFUSED
    except BrokenPipeError:  # the reader has seen enough, as `head` has
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK


def _parser() -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(
        prog="nakodo-desktop", description="結婚相談所の面談・独身誓約書・仮名プロフィール"
    )
    parser.add_argument("--version", action="version", version=__version__)
    parser.add_argument("--demo", action="store_true", help="お試しの事務所で画面を開く")
    parser.add_argument("--vault", type=Path, help="データのフォルダー")
    parser.set_defaults(run=lambda chosen: _window(chosen.vault, demo=chosen.demo))
    verbs = parser.add_subparsers(title="画面を使わない命令", metavar="")

    demo = verbs.add_parser("demo", help="お試しの事務所を作り、面談から書き出しまでを通して行う")
    demo.add_argument("out_dir", type=Path)
    demo.set_defaults(run=_demo)

    intake = verbs.add_parser("intake", help="面談のファイル（JSON）を取り込む")
    _add_vault(intake)
    intake.add_argument("--answers", type=Path, required=True, metavar="FILE.json")
    intake.add_argument("--photos-checked", action="store_true", help="写真の写り込みを目で確かめた")
    intake.add_argument("--publish", action="store_true", help="取り込んだら「お見合い」にする")
    intake.set_defaults(run=_intake)

    export = verbs.add_parser("export", help="掲載できる会員を書き出す")
    _add_vault(export)
    export.add_argument("--out", type=Path, metavar="DIR", help="フォルダーに書き出す設定のとき、その場所")
    export.set_defaults(run=_export)

    fields = verbs.add_parser("fields", help="項目の一覧")
    fields.add_argument("--json", action="store_true", help="JSONで出す")
    fields.set_defaults(run=_fields)

    verify = verbs.add_parser("verify", help="書き出したファイルを確かめる（データは要りません）")
    verify.add_argument("bundle", type=Path, metavar="BUNDLE")
    verify.add_argument("newer", type=Path, nargs="?", metavar="NEW", help="--diff のとき、新しいほう")
    verify.add_argument("--diff", action="store_true", help="二つの書き出しの違いを示す")
    verify.add_argument("--issuer", metavar="KEY", help="相談所の公開鍵、または電話で聞いた指紋")
    verify.add_argument("--recipient", metavar="CODE", help="受け取る協会の略号")
    verify.add_argument("--last-seq", type=int, metavar="N", help="前に取り込んだ通し番号")
    verify.add_argument("--key", type=Path, metavar="FILE", help="協会の age 秘密鍵のファイル")
    verify.add_argument("--json", action="store_true", help="JSONで出す")
    verify.set_defaults(run=_verify)

    check = verbs.add_parser("self-check", help="このプログラムが正しく働くかを確かめる")
    check.set_defaults(run=_self_check)
    return parser


def _add_vault(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--vault", type=Path, required=True, metavar="DIR", help="データのフォルダー")
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE", help="パスワードの1行だけのファイル")
    parser.add_argument(
        "--office-key-file",
        type=Path,
        metavar="FILE",
        help="事務所キーの1行だけのファイル（初めてのパソコンで一度だけ）",
    )


def _window(vault: Path | None, *, demo: bool) -> int:
    gc.disable()  # a start leaves no garbage, only more and more to look through; `app.run` switches it on again
    from nakodo_desktop.ui.lean_imports import spare_sources

    spare_sources()
    from nakodo_desktop import app

    if app.display_is_missing():
        print(app.NO_DISPLAY, file=sys.stderr)
        return USAGE
    return app.run(vault, demo=demo)


def _demo(chosen: argparse.Namespace) -> int:
    from nakodo_desktop.demo.tour import run_tour

    for line in run_tour(chosen.out_dir):
        print(line, flush=True)
    return OK


def _intake(chosen: argparse.Namespace) -> int:
    from nakodo_desktop.services.intake import Intake
    from nakodo_desktop.session import open_session

    session = open_session(_unlock(chosen))
    try:
        intake = Intake(session.vault, session.places, now=session.clock)
        form = intake.read(chosen.answers)
        if isinstance(form, tuple):
            print(f"{len(form)}件の問題があります。何も保存していません。", file=sys.stderr)
            for problem in form:
                print(f"{problem.field_key}: {problem.message}", file=sys.stderr)
            return REFUSED
        member_id = intake.take_in(form, photos_checked=chosen.photos_checked, publish=chosen.publish)
        print(f"会員番号 {intake.number_of(member_id)} として登録しました。")
        return OK
    finally:
        session.close()


def _export(chosen: argparse.Namespace) -> int:
    from nakodo_desktop.session import open_session

    session = open_session(_unlock(chosen))
    try:
        candidates = session.exports.candidates()
        for left_out in (c for c in candidates if not c.is_admitted):
            for reason in left_out.reasons:
                print(f"{left_out.row.number}: 書き出しません。{reason.words}")
        admitted = [c.row.id for c in candidates if c.is_admitted]
        if not admitted and not session.exports.listed():
            print("書き出せる会員がいません。", file=sys.stderr)
            return REFUSED
        written = session.exports.export(session.exports.plan(admitted), chosen.out)
        record = written.record
        print(f"{record.profile_count}名を書き出し、{record.removal_count}名を取り下げました：{written.words}")
        return OK
    finally:
        session.close()


def _fields(chosen: argparse.Namespace) -> int:
    from nakodo_desktop.domain.catalog import FIELDS
    from nakodo_desktop.domain.field_list import field_row

    rows = [field_row(field) for field in FIELDS.values()]
    if chosen.json:
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    else:
        for row in rows:
            print(f"{row['key']:32}{row['label']}（{row['kind']}、{row['required']}、サイト：{row['site']}）")
    return OK


def _verify(chosen: argparse.Namespace) -> int:
    from nakodo_desktop.export.difference import difference, difference_json, difference_lines
    from nakodo_desktop.export.report import report_json, report_lines
    from nakodo_desktop.export.verify import Expected, verify_bundle
    from nakodo_desktop.services.clock import office_day, utc_now

    expected = Expected(
        today=office_day(utc_now()),
        issuer_key=chosen.issuer,
        recipient_code=chosen.recipient,
        last_seq=chosen.last_seq,
    )
    secret_key = None if chosen.key is None else _first_line(chosen.key)
    report = verify_bundle(chosen.bundle, expected=expected, secret_key=secret_key)
    if not chosen.diff:
        print(report_json(report) if chosen.json else "\n".join(report_lines(report)))
        return OK if report.is_ok else REFUSED
    if chosen.newer is None:
        print("--diff には、古いファイルと新しいファイルの二つを書いてください。", file=sys.stderr)
        return USAGE
    both = difference(report, verify_bundle(chosen.newer, expected=expected, secret_key=secret_key))
    print(difference_json(both) if chosen.json else "\n".join(difference_lines(both)))
    return OK if both.is_ok else REFUSED


def _self_check(_chosen: argparse.Namespace) -> int:
    from nakodo_desktop.self_check import run_checks

    failed = False
    for name, trouble in run_checks():
        print(f"{'NG' if trouble else 'ok'}  {name}{f'：{trouble}' if trouble else ''}", flush=True)
        failed = failed or bool(trouble)
    return REFUSED if failed else OK


def _unlock(chosen: argparse.Namespace) -> Opened:
    from nakodo_desktop.services.unlocking import office_key_trouble, unlock_job

    if chosen.passphrase_file is not None:
        passphrase = _first_line(chosen.passphrase_file)
    else:
        import getpass

        passphrase = getpass.getpass("パスワード：")
    office_key = "" if chosen.office_key_file is None else _first_line(chosen.office_key_file)
    trouble = office_key_trouble(office_key) if office_key else None
    if trouble is not None:
        raise UserError("事務所キーを読み取れませんでした。", trouble.message)
    return unlock_job(chosen.vault, passphrase, office_key=office_key)()


def _first_line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()[0]
    except (OSError, UnicodeDecodeError, IndexError) as error:
        raise UserError(
            "指定されたファイルを読めません。", "UTF-8 で1行だけ書いたファイルを指定してください。"
        ) from error
