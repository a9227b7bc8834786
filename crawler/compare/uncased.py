"""Finds the changed names of a line in a script without capitals: those that the page gives as names, and in
Arabic those behind a verb of saying or a form of address.

It has no list of names, and knows none that stands elsewhere in a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from crawler.compare.alignment import Run
from crawler.compare.lexicon import STOPS
from crawler.compare.redline import Row
from crawler.compare.words import Words
from crawler.text import fold
from crawler.values import Edit, EditKind


def _split(words: str) -> list[str]:
    return words.split()


_LONGEST = 4  # words of a name
_SAID = """
    قال قالت أضاف أضافت أوضح أوضحت أكد أكدت صرح صرحت أشار أشارت ذكر ذكرت أعلن أعلنت شدد شددت أعرب أعربت
    علق علقت تابع تابعت يقول تقول أفاد أفادت حذر حذرت رحب رحبت ناشد ناشدت لفت لفتت روى روت حكى حكت يضيف
    تضيف يوضح توضح اختتم اختتمت تحدث تحدثت نبه نبهت دعا دعت طالب طالبت
"""
_ADDRESS = """
    السيد السيدة الآنسة الدكتور الدكتورة الأستاذ الأستاذة المهندس المهندسة الشيخ الشيخة السفير السفيرة
    الأمير الأميرة الطبيب الطبيبة العقيد اللواء القاضي القاضية الحاج الحاجة
"""
# What speaks and is no person's name: offices, bodies, papers, and words for some and all.
_OFFICES = frozenset(
    _split("""
    رئيس رئيسة مدير مديرة وزير وزيرة أمين أمينة نائب نائبة ممثل ممثلة منسق منسقة مسؤول مسؤولة متحدث
    متحدثة ناطق ناطقة مبعوث مبعوثة مفوض مفوضة مفوضية خبير خبيرة خبراء عضو أعضاء قائد قائدة سفير سفيرة
    كبير كبيرة منظمة منظمات وكالة وكالات حكومة وزارة بعثة مكتب هيئة لجنة مجلس جمعية شركة مؤسسة برنامج
    فريق اتحاد سلطات شرطة بيان تقرير دراسة مصدر مصادر شهود شاهد ناج ناجية ناجون لاجئ لاجئة مهاجر مهاجرة
    أم أب امرأة رجل شاب شابة طفل أحد إحدى عدد بعض كل جميع كثير أهالي سكان هذا هذه ذلك تلك هو هي هم إنه
    إنها كما
    """)
)
_BEFORE = frozenset(prefix + word for prefix in ("", "و", "ف") for word in _split(_SAID + _ADDRESS))
_ARTICLE = "ال"
_PREPOSITIONS = ("بال", "لل", "كال", "وال", "فال")


def given(row: Row, written: Sequence[str]) -> Iterator[Edit]:
    """The changed names of an edited row among `written`, folded: those that the page itself gives as
    names, of its contacts and authors."""
    before, after = fold(row.before or ""), fold(row.after or "")
    gone = [name for name in written if name in before and name not in after]
    come = [name for name in written if name in after and name not in before]
    for old, new in zip_longest(gone, come):
        yield Edit(kind=EditKind.NAME, before=old, after=new)


def said(row: Row, runs: Sequence[Run]) -> Iterator[Edit]:
    """The names that one of these runs replaced behind a verb of saying or a form of address."""
    b, a = row.words_before, row.words_after
    if b is None or a is None:
        return
    for run in runs:
        for kept in range(min(_LONGEST, run.b0, run.a0)):
            if b.keys[run.b0 - kept - 1] in _BEFORE and a.keys[run.a0 - kept - 1] in _BEFORE:
                was, now = _name(b, run.b0 - kept, run.b1), _name(a, run.a0 - kept, run.a1)
                if was and now:
                    yield Edit(kind=EditKind.NAME, before=was, after=now)
                break


def _name(words: Words, start: int, end: int) -> str:
    """The tokens as written where they may be a person's name, else ""."""
    keys = words.keys[start:end]
    first = keys[0] if keys else ""
    if not 0 < len(keys) <= _LONGEST or first in _OFFICES or first.startswith((_ARTICLE, *_PREPOSITIONS)):
        return ""
    if not STOPS.isdisjoint(keys) or not all(key.isalpha() or "-" in key for key in keys):
        return ""
    return words.written(start, end).strip()
