"""G8: declarations are drawn far faster than by fpdf2 and WeasyPrint, near typst, and the 500th like the first.

The peers live in a venv of their own: `python3 -m venv benchmarks/.venv` and
`benchmarks/.venv/bin/pip install fpdf2 weasyprint typst`. One that is not there is skipped.
"""

from __future__ import annotations

import base64
import json
import os
import statistics
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from time import perf_counter

import pypdfium2

from benchmarks.common import Row, Skipped, WrongAnswer, alternate, ratio
from nakodo_desktop.domain.declaration_facts import Copy, DeclarationFacts, DeclarationOffice
from nakodo_desktop.domain.japanese import format_seireki
from nakodo_desktop.paths import RESOURCES
from nakodo_desktop.printing.declaration import render_declaration
from nakodo_desktop.printing.template import DECLARATION, Template, fill, in_force

HERE = Path(__file__).resolve().parent
PEER_PYTHON = HERE / ".venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
FONT = RESOURCES / "fonts" / "NotoSerifJP-Regular.ttf"
ROUNDS = 5
MANY = 500
# How many pages each peer makes a round, and what part of its time ours may take.
PEERS = {"typst": (40, 2.0), "fpdf2": (4, 1 / 20), "weasyprint": (2, 1 / 60)}


def measure() -> Iterator[Row | Skipped]:
    template = in_force(DECLARATION, on=date(2026, 11, 23))
    sheets = [facts(template, number) for number in range(50)]
    for peer, (count, limit) in PEERS.items():
        what = f"one A4 declaration / {peer}"
        missing = lacking(peer)
        if missing:
            yield Skipped("G8", what, missing)
            continue
        sides = {"ours": lambda: ours(template, sheets), peer: lambda p=peer, n=count: theirs(p, n, template, sheets)}
        samples = alternate(sides, rounds=ROUNDS)
        yield Row("G8", what, ratio(samples, "ours", peer) * 100, limit * 100, "%", samples)
    yield from drift(template)


def facts(template: Template, number: int) -> DeclarationFacts:
    """A visibly synthetic member, another one for each number, with characters outside the basic plane."""
    family = ("見本", "架空", "お試し", "𠮷見本", "髙見本", "見本﨑", "𣘺見本")[number % 7]
    return DeclarationFacts(
        document_number=f"SD-20261123-{number:04d}",
        text_version=template.version,
        text_sha256=template.sha256,
        office=DeclarationOffice(
            name="見本結婚相談所",
            representative="見本 所長",
            postal_code="000-0000",
            address="見本県架空市お試し町1丁目1番1号",
            phone="000-0000-0000",
        ),
        lawyer_name="見本 法子",
        legal_name=f"{family} 太郎{number}",
        kana="みほん たろう",
        birth_date=date(1980 + number % 20, 1 + number % 12, 1 + number % 28),
        address=f"見本県架空市お試し町{number}丁目2番3号",
        valid_months=3,
        matchmaker="架空 仲子",
        identity_document="運転免許証",
        issued_on=date(2026, 11, 23),
        copy=Copy.OFFICE,
    )


def ours(template: Template, sheets: list[DeclarationFacts]) -> float:
    """Seconds of one declaration."""
    start = perf_counter()
    for sheet in sheets:
        pdf = render_declaration(template, sheet)
    seconds = (perf_counter() - start) / len(sheets)
    check(pdf, [sheets[-1].legal_name, sheets[-1].address])
    return seconds


def theirs(peer: str, count: int, template: Template, sheets: list[DeclarationFacts]) -> float:
    """Seconds of one page; starting the peer and its first page are not counted."""
    order = json.dumps({"font": str(FONT), "sheets": [plain(template, sheet) for sheet in sheets]})
    command = [str(PEER_PYTHON), str(HERE / "declaration_peers.py"), peer, str(count)]
    done = subprocess.run(command, input=order, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise WrongAnswer(f"{peer}: {done.stderr[-600:]}")
    answer = json.loads(done.stdout)
    # Only the number: typst sets a gap between Japanese and digits, which comes back as a space in 太郎40.
    check(base64.b64decode(answer["pdf"]), [value for _, value in answer["last"] if value.startswith("SD-")])
    return float(answer["seconds"]) / count


def plain(template: Template, sheet: DeclarationFacts) -> dict[str, object]:
    """The same words as rows and paragraphs."""
    values = {"valid_months": str(sheet.valid_months), "lawyer": f"弁護士（顧問弁護士 {sheet.lawyer_name}）"}
    words = template.words
    rows = [
        [words["legal_name"], sheet.legal_name],
        [words["kana"], sheet.kana],
        [words["birth_date"], format_seireki(sheet.birth_date)],
        [words["address"], sheet.address],
        [words["document_number"], sheet.document_number],
        [words["witness"], sheet.matchmaker],
        [words["identity_document"], sheet.identity_document],
    ]
    paragraphs = [template.lead, *(f"{clause.heading}　{fill(clause.text, values)}" for clause in template.clauses)]
    spoken = ("signature_lead", "witness_statement", "receipt", "disclaimer")
    return {"title": template.title, "rows": rows, "paragraphs": [*paragraphs, *(words[key] for key in spoken)]}


def check(pdf: bytes, expected: list[str]) -> None:
    """One page that says what it should, or the time means nothing."""
    document = pypdfium2.PdfDocument(pdf)
    text = document[0].get_textpage().get_text_range()
    pages = len(document)
    document.close()
    absent = [value for value in expected if value not in text]
    if pages != 1 or absent:
        raise WrongAnswer(f"{pages} pages, missing {absent}")


def drift(template: Template) -> Iterator[Row]:
    """The last fifty of five hundred cost what the first fifty did, in time and in memory."""
    seconds: list[float] = []
    render_declaration(template, facts(template, 0))
    before = resident_kib()
    for number in range(MANY):
        start = perf_counter()
        render_declaration(template, facts(template, number))
        seconds.append(perf_counter() - start)
    first, last = seconds[:50], seconds[-50:]
    growth = statistics.median(last) / statistics.median(first)
    yield Row("G8", f"last 50 of {MANY} / first 50", growth, 1.1, "x", {"first": first, "last": last})
    if before is None:
        return
    after = resident_kib() or 0
    yield Row("G8", f"resident memory after {MANY} / after the first", after / before, 1.2, "x", {})


def resident_kib() -> int | None:
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    line = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1])


def lacking(peer: str) -> str:
    """Why the peer cannot run here; empty when it can."""
    if not PEER_PYTHON.exists():
        return "no benchmarks/.venv"
    module = {"fpdf2": "fpdf"}.get(peer, peer)
    tried = subprocess.run([str(PEER_PYTHON), "-c", f"import {module}"], capture_output=True, check=False)
    return "" if tried.returncode == 0 else f"{peer} is not in benchmarks/.venv"
