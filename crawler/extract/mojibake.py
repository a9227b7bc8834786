"""Notices text that was decoded wrongly, by the traces that leaves ("Ã©", "â€™", "Ø§Ù„"), and says so.

It repairs nothing: what the page says is what is kept.

UTF-8 read as Windows-1252 (or its sibling for Cyrillic) turns each letter into a lead sign and one or two
more that belong to continuation bytes. Such pairs are taken for wrong only where they are many, or where no
language writes them: "NÃO" and "Ã " alone are Portuguese.
"""

from __future__ import annotations

import re
from itertools import chain, islice

# Continuation bytes 0x80–0xBF as Windows-1252 shows them (0xA0 is a no-break space, which is left out).
_MORE = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u0081\u008d\u008f\u0090\u009d¡-¿"
_TRACES = (
    re.compile(f"[ÃÅÄ](?=[{_MORE}])[^”’»\"'…–—!?‹›“‘ ]"),  # Latin letters with accents; no closing mark
    re.compile("Â[\u00a0-¿](?<!Âª)(?<!Âº)"),  # signs of Latin-1: "Â°"
    re.compile(f"[ØÙÚÛ][{_MORE}](?:[ØÙÚÛ][{_MORE}\u00a0])++"),  # Arabic
    re.compile(f"[ÐÑ][{_MORE}](?:[ÐÑ][{_MORE}\u00a0])++"),  # Cyrillic
    re.compile(f"[äåæçèé][{_MORE}]{{2}}(?:[ä-é][{_MORE}]{{2}})++"),  # Chinese, Japanese, Korean
    re.compile("[РС][Ђ-ЏҐ°±²³µ¶·»ё№](?:[РС][\u00a0-»Ѐ-Џёґѓєѕіїјљњћќўџ№])++"),  # Cyrillic, read as 1251
    re.compile("\ufffd"),  # bytes that were no text
)
_BEGINNING = re.compile(f"[ÂÃÄÅÐÑØÙÚÛâäåæçèéРС][{_MORE}\u00a0Ђ-ЏҐё№]|\ufffd")  # of each of these
_CERTAIN = re.compile(f"â€[{_MORE}]")  # quotes, dashes and ellipses: no language writes these
_SHOWN = 3
_LOOKED_AT = 100  # traces of a sort
_ENOUGH = 2  # one trace alone may be a name, a formula, or a text about encodings


def notice(text: str) -> str | None:
    """That `text` looks wrongly encoded, with the first traces of it; None where it does not."""
    if text.isascii() or not _BEGINNING.search(text):
        return None
    *others, certain = (
        [match.group() for match in islice(trace.finditer(text), _LOOKED_AT)]
        for trace in (*_TRACES, _CERTAIN)
    )
    found = [*chain.from_iterable(others), *certain]
    if len(found) < _ENOUGH and not certain:
        return None
    shown = list(dict.fromkeys(piece[:6] for piece in found))[:_SHOWN]
    return f"the text looks wrongly encoded ({', '.join(shown)})"
