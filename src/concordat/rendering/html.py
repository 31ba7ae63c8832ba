# SPDX-License-Identifier: Apache-2.0
"""A document as one HTML file: no script, nothing fetched, a style for paper.

Every string goes through `_escape`, so what a file is called can neither be mark-up nor hide itself.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape, unescape
from importlib import resources
from typing import Any, Final

from concordat.rendering import json, present, webfonts
from concordat.rendering.content import (
    LANGUAGES,
    Block,
    Code,
    Composed,
    Document,
    Dot,
    Drawing,
    Fact,
    Facts,
    Items,
    Label,
    Paragraph,
    Rect,
    Section,
    Shape,
    Signatures,
    Stroke,
    Table,
    Text,
    Tone,
    VerdictBox,
)
from concordat.rendering.fonts import BOLD, MONO, REGULAR
from concordat.rendering.visible import visible

# Nothing may be loaded or run, whatever stands in the document.
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
_TAG: Final = re.compile("<[^>]*>")
# What the style sheet sets in bold.
_BOLD: Final = re.compile(
    r"<(?:h[123]|th|dt|strong)\b.*?</(?:h[123]|th|dt|strong)>"
    r"|<p class=\"(?:statement|value|warning)\".*?</p>",
    re.S,
)


def render(document: Document, languages: Sequence[str] = LANGUAGES) -> str:
    """Render a document as HTML.

    Args:
        document: what to render.
        languages: ``("en",)``, ``("zh",)`` or both, in the order in which they are shown.

    """
    writer = _Writer(present.chosen(languages))
    body = "".join(f"{line}\n" for line in writer.body(document))
    return "".join(f"{line}\n" for line in writer.head(document, body)) + body + "</html>\n"


def _escape(text: str) -> str:
    return escape(visible(text), quote=True)


def _shown(body: str) -> dict[str, str]:
    """Tell what is shown in each font. Bold and monospaced text is a part; the regular font gets all."""
    return {
        REGULAR: unescape(_TAG.sub("", body)),
        BOLD: unescape(_TAG.sub("", "".join(_BOLD.findall(body)))),
        MONO: "".join(map(chr, range(0x20, 0x7F))),
    }


def _mono(mono: bool) -> str:
    return ' class="mono"' if mono else ""


class _Writer:
    """Writes blocks in the languages chosen."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = languages
        self._makers: Mapping[type[Block], Callable[[Any], Iterator[str]]] = {
            Paragraph: self._paragraph,
            Facts: self._facts,
            Items: self._items,
            Code: self._code,
            Table: self._table,
            VerdictBox: self._verdict,
            Signatures: self._signatures,
            Drawing: self._drawing,
        }

    def head(self, document: Document, body: str) -> Iterator[str]:
        """Give what stands before the body: properties, fonts, style."""
        css = resources.files("concordat").joinpath("data", "report", "report.css").read_text("utf-8")
        title = f"{' '.join(present.wordings(document.title, self.languages))} {document.number}"
        yield "<!DOCTYPE html>"
        yield f'<html lang="{present.HTML_LANGUAGE[self.languages[0]]}">'
        yield "<head>"
        yield '<meta charset="utf-8">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield f'<meta name="generator" content="{_escape(document.generator)}">'
        yield f"<title>{_escape(title)}</title>"
        yield f"<style>\n{webfonts.style(_shown(body))}{css}</style>"
        yield "</head>"

    def body(self, document: Document) -> Iterator[str]:
        """Give the body."""
        yield "<body>"
        yield from self._head(document)
        yield "<main>"
        for number, section in enumerate(document.sections, 1):
            yield from self._section(number, section)
        yield "</main>"
        yield from self._foot(document)
        yield "</body>"

    def _head(self, document: Document) -> Iterator[str]:
        yield '<header class="title">'
        yield f'<p class="agency">{self._inline(document.agency)}</p>'
        yield f"<h1>{self._stacked(document.title)}</h1>"
        yield "<dl>"
        for label, lines in present.head_rows(document):
            yield f"<dt>{self._inline(label)}</dt><dd>{self._lines(lines)}</dd>"
        yield "</dl>"
        statement = Text(f"{document.statement.en}.", f"{document.statement.zh}。")
        yield '<div class="notice">'
        yield f'<p class="statement">{self._stacked(statement)}</p>'
        yield f"<p>{self._stacked(present.review_text(document))}</p>"
        yield "</div>"
        yield "</header>"

    def _foot(self, document: Document) -> Iterator[str]:
        digest = hashlib.sha256(json.encode(document)).hexdigest()
        yield "<footer>"
        yield f"<p>{self._inline(document.statement)}</p>"
        yield f'<p>{self._inline(present.LABELS["hash"])} <span class="mono">{digest}</span></p>'
        yield "</footer>"

    def _section(self, number: int, section: Section) -> Iterator[str]:
        yield f'<section id="{_escape(section.key)}">'
        yield f'<h2><span class="number">{number}</span>{self._inline(section.title)}</h2>'
        for block in section.blocks:
            yield from self._block(block)
        yield "</section>"

    def _block(self, block: Block) -> Iterator[str]:
        shown = block.shown() if isinstance(block, Composed) else block
        return self._makers[type(shown)](shown)

    def _paragraph(self, block: Paragraph) -> Iterator[str]:
        kind = "" if block.tone is Tone.BODY else f' class="{block.tone.value}"'
        for language, word in self._words(block.text):
            yield f'<p{kind} lang="{language}">{_escape(word)}</p>'

    def _facts(self, block: Facts) -> Iterator[str]:
        yield from self._fact_list(block.rows)

    def _fact_list(self, facts: Sequence[Fact]) -> Iterator[str]:
        yield '<dl class="facts">'
        for fact in facts:
            mark = present.mark_text(fact)
            kind = f"label{' mono' if fact.label.is_data and fact.label.en.isupper() else ''}"
            yield f'<div class="fact" id="fact-{_escape(fact.key)}">'
            yield f'<dt class="{kind}">{self._stacked(fact.label)}</dt>'
            yield f"<dd{_mono(fact.mono)}>{self._lines(fact.lines)}</dd>"
            if mark and fact.mark:
                sign = present.SIGNS[fact.mark]
                yield f'<dd class="mark {fact.mark.value}">{sign} {self._inline(mark)}</dd>'
            yield "</div>"
        yield "</dl>"

    def _items(self, block: Items) -> Iterator[str]:
        tag = "ol" if block.ordered else "ul"
        yield f"<{tag}>"
        for entry in block.entries:
            yield f"<li>{self._stacked(entry)}</li>"
        yield f"</{tag}>"

    def _code(self, block: Code) -> Iterator[str]:
        yield "<pre>" + "\n".join(_escape(line) for line in block.lines) + "</pre>"

    def _table(self, block: Table) -> Iterator[str]:
        total = sum(column.share for column in block.columns)
        yield "<table>"
        yield (
            "<colgroup>"
            + "".join(f'<col style="width:{column.share * 100 / total:.1f}%">' for column in block.columns)
            + "</colgroup>"
        )
        heads = "".join(f'<th scope="col">{self._inline(column.label)}</th>' for column in block.columns)
        yield f"<thead><tr>{heads}</tr></thead>"
        yield "<tbody>"
        for row in block.rows:
            cells = "".join(
                f"<td{_mono(column.mono)}>{self._lines(cell)}</td>"
                for column, cell in zip(block.columns, row, strict=True)
            )
            yield f"<tr>{cells}</tr>"
        yield "</tbody></table>"

    def _verdict(self, block: VerdictBox) -> Iterator[str]:
        yield f'<section class="verdict" style="--colour:{present.VERDICT_COLORS[block.code]}">'
        yield f"<h3>{self._inline(block.forum)}</h3>"
        yield f'<p class="value">{self._inline(block.verdict)}</p>'
        yield f"<p>{self._stacked(block.meaning)}</p>"
        yield from self._fact_list(block.details)
        yield "</section>"

    def _drawing(self, block: Drawing) -> Iterator[str]:
        """A picture as SVG; what it shows is said in words for whoever cannot see it."""
        name = _escape("  ".join(present.wordings(block.caption, self.languages)))
        yield '<figure class="drawing">'
        yield (
            f'<svg role="img" aria-label="{name}" viewBox="0 0 {block.width:g} {block.height:g}" '
            f'style="max-width:{block.width * 1.33:g}px">'
        )
        for shape in block.shapes:
            yield self._shape(shape)
        yield "</svg>"
        yield f"<figcaption>{self._inline(block.caption)}</figcaption>"
        yield "</figure>"

    def _shape(self, shape: Shape) -> str:
        match shape:
            case Rect():
                place = f'x="{shape.x:g}" y="{shape.y:g}" width="{shape.width:g}" height="{shape.height:g}"'
                return f'<rect {place} fill="{shape.fill}"/>'
            case Dot():
                return f'<circle cx="{shape.x:g}" cy="{shape.y:g}" r="{shape.radius:g}" fill="{shape.fill}"/>'
            case Stroke():
                ends = f'x1="{shape.x1:g}" y1="{shape.y1:g}" x2="{shape.x2:g}" y2="{shape.y2:g}"'
                return f'<line {ends} stroke="{shape.color}" stroke-width="{shape.width:g}"/>'
            case Label():
                words = _escape("  ".join(present.wordings(shape.text, self.languages)))
                place = f'x="{shape.x:g}" y="{shape.y:g}" font-size="{shape.size:g}" fill="{shape.color}"'
                return f'<text {place} text-anchor="{shape.anchor.value}">{words}</text>'

    def _signatures(self, block: Signatures) -> Iterator[str]:
        for row in block.rows:
            detail = f'<span class="line">{_escape(row.detail)}</span>' if row.detail else ""
            yield (
                f'<div class="signature"><div><strong>{self._inline(row.role)}</strong>'
                f'<span class="line">{_escape(row.name)}</span>{detail}</div>'
                f'<div class="place">{self._inline(present.LABELS["signature"])}</div></div>'
            )

    def _words(self, text: Text) -> Iterator[tuple[str, str]]:
        """Give (language tag, wording), each wording once; data are in no language."""
        if text.is_data:
            yield "und", text.en
            return
        for language in self.languages:
            yield present.HTML_LANGUAGE[language], text.of(language)

    def _inline(self, text: Text) -> str:
        """Write the wordings side by side."""
        return " ".join(self._span(language, word, "") for language, word in self._words(text))

    def _stacked(self, text: Text) -> str:
        """Write the wordings one below the other."""
        words = self._words(text)
        return "".join(
            self._span(language, word, "second" * (i > 0)) for i, (language, word) in enumerate(words)
        )

    def _lines(self, lines: Sequence[Text]) -> str:
        return "".join(f'<span class="line">{self._stacked(line)}</span>' for line in lines)

    def _span(self, language: str, word: str, kind: str) -> str:
        """Write one wording; data are kept from turning the text around them."""
        if language == "und":
            return f"<bdi>{_escape(word)}</bdi>"
        classes = f' class="{kind}"' if kind else ""
        return f'<span lang="{language}"{classes}>{_escape(word)}</span>'
