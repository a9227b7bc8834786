"""An extraction as `iomwatch extract` prints it: text, Markdown, JSON, or a line for each block.

It reads no page and writes nothing: values in, strings out. The X-ray page is drawn by crawler.extract.xray.
"""

from __future__ import annotations

from crawler.values import Article, Block, Extraction, PassageKind, plain

_MARKS = {
    PassageKind.PARAGRAPH: "",
    PassageKind.QUOTE: "> ",
    PassageKind.ROW: "| ",
}


def fields(reading: Extraction) -> dict[str, object]:
    """What JSON says of a page: its article's fields, or why there is none. `text` is the body alone."""
    notes = [said for said in (*reading.notes, reading.disagreement, reading.unfitted) if said]
    data: dict[str, object] = {"unreadable": reading.unreadable, "layout": reading.layout, "notes": notes}
    article = reading.article
    if article is None:
        return data
    rest = plain(article)
    head = {name: rest.pop(name) for name in ("title", "subtitle")}
    data = {**head, "text": article.text, "summary": article.summary, **rest, **data}
    data["published"] = str(article.published) if article.published else None
    data["published_source"] = article.published.source if article.published else None
    data["modified"] = str(article.modified) if article.modified else None
    data["modified_source"] = article.modified.source if article.modified else None
    return data


def text(article: Article) -> str:
    """Headline, subtitle, body and contact block, in reading order, a blank line between."""
    parts = [article.title, article.subtitle or "", article.text, "\n".join(article.contact_text)]
    return "\n\n".join(part for part in parts if part)


def markdown(article: Article) -> str:
    parts = [f"# {article.title}", f"*{article.subtitle}*" if article.subtitle else ""]
    for passage in article.body:
        if passage.kind is PassageKind.HEADING:
            mark = "#" * max(2, passage.level) + " "
        elif passage.kind is PassageKind.ITEM:
            mark = "  " * (max(1, passage.level) - 1) + "- "
        else:
            mark = _MARKS[passage.kind]
        parts.append(mark + passage.text)
    parts += article.contact_text
    return "\n\n".join(part for part in parts if part)


def explained(block: Block) -> str:
    """A block in two lines: its verdict, role and words; where it stands, and why."""
    verdict = "kept   " if block.kept else "dropped"
    words = block.text.replace("\n", " · ")
    words = words if len(words) <= 70 else words[:69] + "…"
    return f"{verdict} {block.role:<12} {words}\n        {block.tag}: {block.why}"
