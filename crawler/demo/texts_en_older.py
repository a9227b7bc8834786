"""English releases that stand on the simulated site when watching begins: the older and the odd.

A story, a blog, a page of the former site with its left-overs. Invented throughout.
"""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.demo.release import Release, prose

TAILOR_STORY = Release(
    node=110360,
    path="/stories/tailor-who-sews-names-back",
    type="story",
    layout="story",
    headline="The Tailor Who Sews the Names Back",
    subtitle="In a workshop in Barranquilla, lost luggage finds its owners",
    published=datetime(2026, 2, 6, 14, 0, tzinfo=UTC),
    caption="Yusmary Colina at her machine. Photo: IOM/Felipe Duarte 2026",
    structured="none",
    text=prose("""
Barranquilla, Colombia – The bags arrive on Thursdays, on a handcart, from the bus terminal. Some have a
name inked on the strap. Most have lost it to the rain.

Yusmary Colina lifts each one to the light before she opens it. She came to the city from Maracaibo
eight years ago with a bag much like these, and lost it on the second night. “I remember what was in it,
to the last button,” she says. “So I look at the buttons.”

## A ledger of small things

In a school exercise book she writes what she finds: a school report, a christening spoon, one shoe.
Then she telephones. A volunteer at the terminal keeps the passenger lists, and between the two of them
they return about one bag in three.

> “People weep over a spoon,” she says, “and then they laugh that they are weeping over a spoon.”

When a bag is torn she mends it. When it goes back she sews a strip of cotton inside the lid with a name
and a number on it, in a red thread that does not run.

## Room for a second machine

A grant from a livelihoods project of the International Organization for Migration (IOM) paid for the
machine, and for the rent of the first six months. The rest Yusmary earns with school uniforms. In March
she will take on an apprentice, a young woman from the coast who has asked whether she may keep the
book.

“She has the better handwriting,” says Yusmary, and bends to the needle again.
"""),
)

DATA_BLOG = Release(
    node=110352,
    path="/blogs/why-we-publish-our-errors",
    type="blog",
    layout="blog",
    headline="Why We Publish Our Errors",
    published=datetime(2026, 1, 29, 12, 0, tzinfo=UTC),
    structured="none",
    text=prose("""
Every estimate of how many people have moved is wrong. The useful question is by how much, and in which
direction.

Our enumerators count tents, not people. A tent that holds six in the evening holds two at noon, when
the team walks past. We correct for this, and the correction has an error of its own, which used to live
in a spreadsheet that few people opened.

## One number, two companions

Since last autumn each of our site reports prints three figures where it used to print one: the
estimate, and the two values between which we believe the truth to lie. Some readers disliked it. One
minister asked, fairly, which of the three he should say on the radio.

Our answer is the middle one, with the word “about” in front of it.

## What we learnt

- Reports with a range were quoted as often as reports without one.
- Field teams sent corrections twice as often, because a correction no longer looked like a
  confession.
- Nobody, so far, has read the annex.

We will go on printing it.
"""),
)

HARBOUR_LIGHTS = Release(
    node=110344,
    path="/news/harbour-lights-project-closes-after-four-winters",
    headline="Harbour Lights Project Closes After Four Winters",
    published=datetime(2026, 1, 22, 16, 40, tzinfo=UTC),
    text=prose("""
Valletta, 22 January 2026 — The night shelter that opened in a disused customs house for one winter, and
then stayed for three more, will hand its last keys to the city on Saturday.

In four winters the project gave a bed, a meal and a morning appointment to people who had been sleeping
on the quays. Most stayed fewer than ten nights. The appointment, with a lawyer, a doctor or an
employer, was the part that guests said had mattered most.

“We were a corridor, and a corridor should be short,” said Rita Camilleri, who ran the house for the
International Organization for Migration (IOM). The city will open a permanent centre two streets away,
with the same cook.

An evaluation will be published in the spring.

***

@ For more information: Rita Camilleri, +356 2155 5013, rcamilleri@iom.example
"""),
)

HARVEST_2014 = Release(
    node=88117,
    path="/news/orchard-workers-return-home-savings-and-plans",
    scope="local",
    layout="seven",
    cached=False,
    headline="Orchard Workers Return Home with Savings and Plans",
    published=datetime(2014, 6, 17, 9, 0, tzinfo=UTC),
    structured="none",
    title_repeated=True,
    text=prose("""
Tonga - The last of 240 seasonal workers who spent the summer in the orchards of Hawke's Bay came home
to Nuku'alofa this week, many of them with a business plan folded into their passports.

~The workers were part of a scheme that IOM and the Government
of Tonga set up two years ago. Before they left, each of them opened
a savings account and took a short course in book-keeping.

Among the plans are a bakery, a piggery, two fishing boats and a shop that will sell school books. “I
know what the oven costs, and I know how many loaves pay for it,” said Sione Vaka, 34. “That I did not
know before.”

[block:views=dg_speech_slides-block]

A second group of workers leaves in October.

@ For further information, please contact Ana Fifita at IOM Nuku'alofa, Email:
"""),
)

RELEASES = (TAILOR_STORY, DATA_BLOG, HARBOUR_LIGHTS, HARVEST_2014)
