"""English releases that stand on the simulated site when watching begins: the latest weeks.

Invented throughout: events, people and figures. No text is taken from anywhere.
"""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.demo.release import Release, prose

LOWER_SHIRE = Release(
    node=110402,
    path="/news/rising-rivers-drive-thousands-homes-lower-shire-valley",
    scope="local",
    headline="Rising Rivers Drive Thousands from Their Homes in the Lower Shire Valley",
    subtitle="Families shelter in schools and churches as a second week of rain is forecast",
    published=datetime(2026, 2, 28, 15, 20, tzinfo=UTC),
    caption="A family reaches a school that now shelters four hundred people. Photo: IOM/Temwa Phiri 2026",
    structured="both",
    text=prose("""
Blantyre, 28 February 2026 – Flooding along the lower Shire has displaced 12,400 people since the river
broke its banks on Tuesday night, according to assessments that the International Organization for
Migration (IOM) and district authorities completed this weekend.

Most of those who fled left with what they could carry. Whole hamlets on the east bank can be reached
only by boat, and the bridge that links them to the nearest clinic is under water.

> “We heard the water before we saw it,” said Esnart Banda, a farmer and mother of three who is staying
in a classroom with five other families. “The children we could carry. The maize we could not.”

## What is needed first

IOM teams working beside the district civil protection committees name these as the most urgent gaps:

- clean water and latrines at the eleven largest collective sites;
- plastic sheeting, rope and blankets for families who sleep in the open;
- lighting and separate spaces for women and girls, several of whom report that they do not feel
  safe;
- seed, so that fields can be planted again before the season closes.

Shelter kits for 1,500 households left the regional warehouse on Friday. The first lorries are expected
in Chikwawa on Monday, and distribution will begin the same day.

| District | Sites | Households |
| Chikwawa | 19 | 1,310 |
| Nsanje | 14 | 870 |
| Thyolo | 3 | 140 |

“People here have rebuilt before, and more than once,” said Dalitso Mvula, who leads IOM's work in the
country. “What wears them down is doing it alone. The support must reach them before the next rain
does.”

IOM will publish a second round of site assessments next week. The figures will change as teams reach
the villages that are still cut off.

***

@ For more information, please contact:

@ Chisomo Kalua, Communications Officer, IOM Malawi, Tel: +265 1 555 014, Email: ckalua@iom.example
"""),
)

COASTAL_DESK = Release(
    node=110398,
    path="/news/seasonal-workers-find-one-stop-desk-port-algeciras",
    headline="Seasonal Workers Find a One-Stop Desk at the Port of Algeciras",
    published=datetime(2026, 2, 27, 10, 5, tzinfo=UTC),
    caption="The desk opened in time for the strawberry harvest. © IOM 2026",
    text=prose("""
Algeciras, 27 February 2026 – Workers who cross the Strait for the berry harvest can now check their
contracts, their transport and their return date at a single desk in the passenger terminal, opened this
week by the port authority with the support of the International Organization for Migration (IOM).

Until now, people with a question about their papers were sent from counter to counter, often with a bus
waiting outside. The desk brings the labour inspectorate, the employers' association and IOM behind one
counter, and answers in Arabic, Tamazight, French and Spanish.

“A worker who knows what is written in her contract is a worker who is harder to cheat,” said Inmaculada
Reyes, who coordinates the desk. “It takes ten minutes, and it changes the next three months.”

Each visitor leaves with a card that names the employer, the wage agreed and a telephone number that is
answered day and night. The card is printed in the worker's own language.

The desk will stay open until the end of the harvest in June. If it proves its worth, the port of Motril
will open another next season.

***

@ For further information, please contact Inmaculada Reyes, IOM Spain, Tel: +34 91 555 01 36, Email:
ireyes@iom.example
"""),
)

WATER_SPEECH = Release(
    node=110395,
    path="/speeches/opening-remarks-dialogue-water-and-mobility-arid-lands",
    type="speech",
    headline="Opening Remarks at the Dialogue on Water and Mobility in Arid Lands",
    published=datetime(2026, 2, 26, 9, 0, tzinfo=UTC),
    structured="both",
    text=prose("""
Excellencies, colleagues, friends,

Thank you for the welcome, and thank you for the tea, which I am told was poured from the deepest well
in this province. It is a good place to begin. In the country around us nobody needs to be taught that
where there is water, people stay, and where it fails, they leave.

We have been slower to learn it. For years we spoke of drought as something that happens to fields. It
happens to families. It decides which child leaves school to walk behind the herd, and which brother
takes the bus to the coast and sends money home.

I would like to leave you with three requests.

1. Count the people who move because of water, and count them in the same way on both sides of a
  border.
1. Give herders' routes the standing in law that roads have. They are infrastructure.
1. Put the money where the wells are. Too little of it gets that far.

None of this is beyond us. The herders who met here last spring agreed on a calendar for shared grazing
in two days, and they did it without a projector.

I wish you the same success, and I thank you.
"""),
)

SCHOOLS_EN = Release(
    node=110391,
    path="/news/eleven-cities-agree-keep-classrooms-open-children-move",
    headline="Eleven Cities Agree to Keep Classrooms Open to Children on the Move",
    published=datetime(2026, 2, 25, 13, 45, tzinfo=UTC),
    caption="Pupils at a primary school in Izmir. Photo: IOM/Derya Aksoy 2025",
    attachment=("The Izmir commitment (PDF, 210 KB)", "izmir-commitment.pdf"),
    structured="json-ld",
    text=prose("""
Geneva/Izmir – The mayors of eleven cities around the Mediterranean have agreed that no child will be
turned away from a classroom for want of a residence permit, a school report or a fixed address.

The commitment, which was signed at a meeting convened by the International Organization for Migration
(IOM), covers schools that together teach more than 900,000 pupils. Each city will name one office that
parents can turn to, and one day by which a place must be found.

> “A school year is a long time in a short life,” said Leyla Demirel, deputy mayor of Izmir. “A child
should not spend it in a queue.”

## From signature to seat

The cities have set themselves four tasks for the coming school year:

- to accept provisional enrolment on a parent's word, and ask for papers later;
- to test a pupil's level in a language that the pupil speaks;
- to train at least two teachers in every school to receive newcomers;
- to publish, each term, how many children are waiting for a place.

The agreement enters into force once the councils of all eleven cities have ratified it. Progress will
be reviewed each spring by a panel that includes pupils.

## Learning from one another

Three of the cities already enrol children within a week. Their head teachers will spend time in the
other eight, and IOM will keep the notes. A guide for school secretaries, who are often the first person
a family meets, is [already available](files:izmir-commitment.pdf) in five languages.

***

@ For more information:

@ Selin Kaya, Spokesperson, +90 312 555 01 48, skaya@iom.example

@ Marc Oberli, IOM Headquarters, +41 22 555 01 51, moberli@iom.example
"""),
)

FERRY_RETURN = Release(
    node=110385,
    path="/news/island-ferry-brings-first-families-back-homonhon",
    scope="local",
    headline="Island Ferry Brings First Families Back to Homonhon",
    published=datetime(2026, 2, 23, 6, 30, tzinfo=UTC),
    structured="broken",
    text=prose("""
Guiuan, Philippines, 23 February 2026 - Fifty-two families stepped off the morning ferry on Saturday and
walked back into the village that a typhoon had emptied in November.

Their houses stand on higher ground than before. The builders were neighbours, trained and paid through
a programme that the International Organization for Migration (IOM) ran with the municipality, and each
house is tied to its footing with steel straps that cost less than a sack of rice.

“I asked them to make the door face the sea again,” said Rosario Abrenica, 71, who waited out three
months in her sister's kitchen. “I want to see it coming.”

The school will open in the first week of March. The health post, which lost its roof and its records,
is working from a tent in the meantime, and a midwife visits twice a week.

Another hundred and thirty families are expected to return before Easter. Those who prefer to stay on
the main island will receive the same building materials there.

***

@ For more information, please contact Jun Salcedo, IOM Philippines, Tel: +63 2 8555 0119, Email:
jsalcedo@iom.example
"""),
)

BORDER_STATEMENT = Release(
    node=110381,
    path="/statements/iom-statement-ferry-accident-lake-mweru",
    type="statement",
    headline="IOM Statement on the Ferry Accident on Lake Mweru",
    published=datetime(2026, 2, 21, 17, 10, tzinfo=UTC),
    text=prose("""
The International Organization for Migration (IOM) mourns the people who lost their lives on Lake Mweru
on Friday, most of them traders on their way home from market. We stand ready to help the authorities of
both shores to trace relatives, to support the survivors and to make the crossing safer.
"""),
)

NURSES = Release(
    node=110377,
    path="/news/accra-and-hamburg-test-fairer-path-nurses-who-move",
    headline="Accra and Hamburg Test a Fairer Path for Nurses Who Move",
    published=datetime(2026, 2, 19, 11, 0, tzinfo=UTC),
    caption="Nurses in training at a teaching hospital in Accra. Photo: IOM/Kofi Asante 2026",
    structured="json-ld",
    text=prose("""
Accra/Hamburg, 19 February 2026 – For every nurse whom a German hospital recruits under a pilot that
began this month, a second will be trained and employed at home. The scheme is the first of its kind on
which hospitals, unions and both health ministries have signed the same page.

Recruitment abroad has long left wards at home short of hands. The pilot, designed with the
International Organization for Migration (IOM), sets out to share the cost: the hospital that gains a
nurse pays for the training of another, and the bill falls due before the first working day.

| Step | Who pays | When |
| Language course | Hospital | Before departure |
| Training of a second nurse | Hospital | Before the first working day |
| Recognition of diplomas | State | Within ninety days |
| Paid home leave | Hospital | Each second year |

“I did not want to be someone's shortage,” said Abena Ofori, 29, who will join a cardiac ward in Hamburg
in the summer. “Now the ward I leave has two people learning my job.”

The unions will publish what they find after twelve months. IOM will run a telephone line for
participants, independent of their employers.

***

@ For more information: Kwabena Mensah, IOM Ghana, +233 30 255 5013, kmensah@iom.example
"""),
)

WELLS = Release(
    node=110369,
    path="/news/solar-wells-bring-herders-and-farmers-same-table",
    scope="local",
    headline="Solar Wells Bring Herders and Farmers to the Same Table in Abéché",
    published=datetime(2026, 2, 12, 8, 15, tzinfo=UTC),
    structured="none",
    text=prose("""
Abéché, Chad – Nine solar-powered wells along a seasonal cattle route are doing what years of mediation
could not: they give herders a reason to keep to the corridor, and farmers a reason to leave it open.

The wells were sunk where both groups asked for them, after six weeks of meetings under the trees that
mark the old route. A committee of ten, five from each side, sets the hours, keeps the key and collects
a small fee for repairs.

“Last year I spent the dry season at the police post,” said Mahamat Saleh, whose millet fields border
the route. “This year I have spent it at the pump, arguing about buckets. It is a better argument.”

Complaints about trampled crops have fallen by more than half since the first well opened, by the count
of the local court. The International Organization for Migration (IOM), which supported the work, will
leave the upkeep to the committee at the end of the year.

***

@ For more information, please contact Achta Djimet, IOM Chad, Tel: +235 22 55 50 16, Email:
adjimet@iom.example
"""),
)

RELEASES = (
    LOWER_SHIRE,
    COASTAL_DESK,
    WATER_SPEECH,
    SCHOOLS_EN,
    FERRY_RETURN,
    BORDER_STATEMENT,
    NURSES,
    WELLS,
)
