"""Pages of other people, made up: any script, any way of setting paragraphs, tables, threads, goods.

None of them is like a site that the program was made for.
"""

from __future__ import annotations

import json

import pytest

from crawler.cli.extract_bulk import answer

TEXTS = {
    "ar": (
        "ارتفع منسوب النهر للمرة الثانية هذا الموسم، وبقيت البلدة الواقعة خلف السد بلا ماء.",
        "وقالت العائلات التي أعادت بناء مساكنها إنها تنام على الضفة، وإن الطريق إلى الشمال ما زال مغلقا.",
        "وتقول الفرق في أربع مقاطعات إنه لا بد من إصلاح بئرين قبل نهاية الشهر، وإن قطع الغيار في الطريق.",
    ),
    "zh": (
        "河水在本季第二次上涨，大坝后面的小镇从星期二晚上起断了水，居民只能到邻村打水，来回要走两个小时的路。",
        "刚刚重建住所的家庭睡在堤岸上，通往北方的道路仍然不通，卡车在桥断的地方要等九个小时才能过去一次。",
        "四个县的队伍说，月底之前必须修好两口井，所需的零件已经在运往小镇的路上，但是还没有人知道何时能到。",
    ),
    "ja": (
        "川は今季二度目の増水となり、ダムの裏にある町は火曜日の夜から水が出なくなったと住民たちは話している。",
        "家を建て直したばかりの家族は堤防の上で眠り、北へ向かう道はまだ通れず、トラックは九時間も待っている。",
        "四つの郡で働く人たちによると、月末までに二つの井戸を直さなければならず、部品は町へ向かっているという。",
    ),
    "th": (
        "แม่น้ำเพิ่มระดับเป็นครั้งที่สองในฤดูกาลนี้ และเมืองที่อยู่หลังเขื่อนไม่มีน้ำใช้มาตั้งแต่คืนวันอังคาร",
        "ครอบครัวที่เพิ่งสร้างบ้านใหม่ต้องนอนบนคันดิน ถนนไปทางเหนือยังปิดอยู่ และรถบรรทุกต้องรอถึงเก้าชั่วโมง",
        "ทีมงานในสี่เขตกล่าวว่าต้องซ่อมบ่อน้ำสองแห่งก่อนสิ้นเดือน และชิ้นส่วนกำลังเดินทางมายังเมืองนี้แล้ว",
    ),
    "en": (
        "The river rose for the second time this season, and the town behind the dam has no water.",
        "Families that had only just rebuilt their shelters slept on the embankment on Tuesday.",
        "Two boreholes have to be repaired before the end of the month, say the teams in four counties.",
    ),
}
TITLES = {
    "ar": "فيضان ثان في موسم واحد",
    "zh": "一季之内第二次洪水",
    "ja": "今季二度目の洪水",
    "th": "น้ำท่วมครั้งที่สองในฤดูกาลเดียว",
    "en": "Second flood in one season",
}
WAYS = {
    "paragraphs": "<div><p>{}</p></div>".format("</p><p>".join(["{}"] * 3)),
    "divisions": "<div class=c><div>{}</div></div>".format("</div><div>".join(["{}"] * 3)),
    "empty lines": "<div class=c>{}<br><br>{}<br><br>{}</div>",
    "font": "<font face=Arial>{}<br> <br>{}<br /><br />{}</font>",
    "cells": "<table><tr><td>{}</td></tr><tr><td>{}</td></tr><tr><td>{}</td></tr></table>",
}
MENU = "<div><a href=/a>Home</a> <a href=/b>News</a> <a href=/c>About us</a> <a href=/d>Contact</a></div>"


def page(inner: str, title: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{MENU}{inner}</body></html>"


def read(*pages: str) -> list[dict[str, object]]:
    """What `extract --jsonl` says of pages."""
    lines = [{"id": n, "url": f"https://example.org/{n}", "html": each} for n, each in enumerate(pages)]
    return [json.loads(answer(json.dumps(line).encode())) for line in lines]


@pytest.mark.parametrize("way", WAYS)
def test_any_script_in_any_way_of_setting_paragraphs(way: str) -> None:
    languages = list(TEXTS)
    pages = [
        page(f"<h1>{TITLES[each]}</h1>" + WAYS[way].format(*TEXTS[each]), TITLES[each]) for each in languages
    ]
    found = read(*pages)
    assert [each["language"] for each in found] == languages
    assert [each["title"] for each in found] == list(TITLES.values())
    for language, each in zip(languages, found, strict=True):
        assert str(each["text"]).split() == " ".join(TEXTS[language]).split(), (way, language)


def test_lines_that_end_in_a_full_stop_of_their_script_are_paragraphs() -> None:
    text = "<br>".join(TEXTS["zh"])
    found = read(page(f"<h1>{TITLES['zh']}</h1><div>{text}</div>", TITLES["zh"]))[0]
    assert str(found["text"]).split("\n\n") == list(TEXTS["zh"])


def test_a_table_for_layout_is_looked_into() -> None:
    menu = "".join(f"<tr><td><a href=/m{n}>Entry {n} of the menu</a></td></tr>" for n in range(12))
    text = "<br><br>".join(TEXTS["en"])
    found = read(
        "<title>Second flood in one season</title><body><table width=100%>"
        "<tr><td colspan=3><img src=logo.gif>The Valley Paper</td></tr>"
        f"<tr><td width=150><table>{menu}</table></td><td><h2>{TITLES['en']}</h2>{text}</td>"
        "<td><b>Also read</b><br><a href=/1>Market opened by the mayor</a></td></tr>"
        "<tr><td colspan=3>Copyright 2003</td></tr></table>",
    )[0]
    assert found["title"] == TITLES["en"]
    assert found["text"] == "\n\n".join(TEXTS["en"])


def test_a_list_is_no_text_of_its_own_where_passages_stand_around_it() -> None:
    items = "".join(f"<li><p>{text}</p><p>{text} So say all.</p></li>" for text in TEXTS["en"])
    found = read(
        page(f"<h1>Second flood</h1><div><p>{TEXTS['en'][0]} Now.</p><ul>{items}</ul></div>", "Second flood"),
    )
    assert str(found[0]["text"]).startswith(f"{TEXTS['en'][0]} Now.")


def test_a_thread_is_what_its_people_say() -> None:
    comments = "".join(
        f"<div class=comment><span class=user>user{n}</span><p>{text}</p></div>"
        for n, text in enumerate(TEXTS["en"])
    )
    thread = page(f"<h1>Second flood</h1><div class=comments>{comments}</div>", "Second flood")
    article = "".join(f"<p>{text} It was said again on Monday.</p>" for text in TEXTS["en"])
    under = page(
        f"<h1>Second flood</h1><div>{article}</div><div class=comments>{comments}</div>", "Second flood"
    )
    alone, below = (str(each["text"]) for each in read(thread, under))
    assert all(text in alone for text in TEXTS["en"])
    assert below.count("It was said again") == below.count(TEXTS["en"][0]) * 3 == 3


def test_goods_are_described() -> None:
    goods = (
        "<h1>Hand pump 300</h1><div class=product><div class=price>$ 129.00</div>"
        "<form><select><option>Red</option></select><button>Add to cart</button></form>"
        f"<div class=text><h2>Description</h2><p>{TEXTS['en'][0]}</p><p>{TEXTS['en'][2]}</p></div></div>"
        "<div class=related><h2>Related products</h2><a href=/x>Hand pump 200</a></div>"
    )
    found = read(page(goods, "Hand pump 300 | Pumps"))[0]
    assert found["title"] == "Hand pump 300"
    assert found["text"] == f"Description\n\n{TEXTS['en'][0]}\n\n{TEXTS['en'][2]}"
