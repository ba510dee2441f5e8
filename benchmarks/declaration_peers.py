"""The declaration's words on one A4 page, made by other programs. Runs in benchmarks/.venv, which lacks our package.

`python declaration_peers.py PEER COUNT` reads {"font": path, "sheets": [{…}]} from standard input, makes one page to
warm up, then COUNT pages, and prints {"seconds": …, "pdf": base64 of the last page, "last": its rows}. The words are
ours; the boxes are simpler and there is no QR code, which favours the peer.
"""

from __future__ import annotations

import base64
import html
import json
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from time import perf_counter

Sheet = Mapping[str, object]  # "title": str, "rows": [[label, value], …], "paragraphs": [str, …]
Maker = Callable[[Sheet], bytes]


def typst_maker(font: Path) -> Maker:
    import typst

    source = """
#let sheet = json(bytes(sys.inputs.sheet))
#set page(paper: "a4", margin: (left: 24mm, rest: 14mm))
#set text(font: "Noto Serif JP", size: 9pt, lang: "ja")
#set par(justify: true)
#align(center, text(size: 20pt, sheet.title))
#table(columns: (22mm, 1fr), ..sheet.rows.flatten())
#for paragraph in sheet.paragraphs [#paragraph #parbreak()]
"""
    folder = tempfile.TemporaryDirectory()  # a compiler of a string compiles only once
    path = Path(folder.name, "sheet.typ")
    path.write_text(source, encoding="utf-8")
    compiler = typst.Compiler(str(path), font_paths=[str(font.parent)], ignore_system_fonts=True)

    def make(sheet: Sheet, _keep: object = folder) -> bytes:
        return compiler.compile(format="pdf", sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False)})

    return make


def fpdf2_maker(font: Path) -> Maker:
    from fpdf import FPDF

    def make(sheet: Sheet) -> bytes:
        pdf = FPDF(format="A4")
        pdf.add_font("serif", fname=str(font))
        pdf.set_margins(24, 14, 14)
        pdf.set_auto_page_break(False)
        pdf.add_page()
        pdf.set_font("serif", size=20)
        pdf.cell(text=sheet["title"], center=True, new_x="LMARGIN", new_y="NEXT")
        pdf.set_font("serif", size=9)
        for label, value in sheet["rows"]:
            pdf.cell(22, 6, label, border=1)
            pdf.cell(0, 6, value, border=1, new_x="LMARGIN", new_y="NEXT")
        for paragraph in sheet["paragraphs"]:
            pdf.multi_cell(0, 4.4, paragraph, new_x="LMARGIN", new_y="NEXT", wrapmode="CHAR")
        return bytes(pdf.output())

    return make


def weasyprint_maker(font: Path) -> Maker:
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    style = CSS(
        string=f"""@font-face {{ font-family: serif-jp; src: url({font.as_uri()}) }}
        @page {{ size: A4; margin: 14mm 14mm 14mm 24mm }}
        body {{ font: 9pt serif-jp; text-align: justify }} h1 {{ font-size: 20pt; font-weight: normal }}""",
        font_config=fonts,
    )

    def make(sheet: Sheet) -> bytes:
        rows = "".join(f"<tr><td>{html.escape(a)}</td><td>{html.escape(b)}</td></tr>" for a, b in sheet["rows"])
        body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in sheet["paragraphs"])
        page = f"<html lang=ja><h1>{html.escape(str(sheet['title']))}</h1><table>{rows}</table>{body}</html>"
        return HTML(string=page).write_pdf(stylesheets=[style], font_config=fonts)

    return make


MAKERS = {"typst": typst_maker, "fpdf2": fpdf2_maker, "weasyprint": weasyprint_maker}


def main() -> None:
    peer, count = sys.argv[1], int(sys.argv[2])
    order = json.load(sys.stdin)
    make = MAKERS[peer](Path(order["font"]))
    sheets = order["sheets"]
    pdf = make(sheets[0])
    start = perf_counter()
    for number in range(count):
        pdf = make(sheets[(number + 1) % len(sheets)])
    seconds = perf_counter() - start
    last = sheets[count % len(sheets)]
    print(json.dumps({"seconds": seconds, "pdf": base64.b64encode(pdf).decode(), "last": last["rows"]}))


if __name__ == "__main__":
    main()
