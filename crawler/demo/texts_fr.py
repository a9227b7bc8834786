"""French releases that stand on the simulated site when watching begins.

Invented throughout: events, people and figures. No text is taken from anywhere.
"""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.demo.release import Release, french

GULF_MEETING = Release(
    node=110389,
    path="/fr/news/les-pays-du-golfe-de-guinee-preparent-la-quatrieme-rencontre-sur-la-mobilite",
    language="fr",
    headline="Les pays du golfe de Guinée préparent la quatrième Rencontre régionale sur la mobilité",
    published=datetime(2026, 2, 24, 16, 30, tzinfo=UTC),
    text=french("""
Bénin - Des représentants de neuf pays riverains du golfe de Guinée se sont retrouvés cette semaine à
Cotonou afin de préparer la quatrième Rencontre régionale sur la mobilité des travailleurs, qui se
tiendra les 14 et 15 avril à Libreville, la capitale du Gabon.

Des délégués du Bénin, du Cameroun, de Côte d’Ivoire, du Gabon, du Ghana, de Guinée équatoriale, du
Nigéria, de Sao Tomé-et-Principe et du Togo ont participé à cette réunion technique. Les travaux ont été
présidés par la délégation gabonaise, qui exerce la présidence tournante de la Rencontre, avec le
concours du Bénin en tant que pays hôte et de l’OIM, qui en assure le secrétariat.

Trois journées durant, les participants ont examiné les obstacles que rencontrent les pêcheurs, les
commerçantes et les ouvriers du bâtiment lorsqu’ils traversent une frontière pour quelques semaines :
pièces d’identité refusées d’un poste à l’autre, taxes perçues deux fois, absence de toute couverture en
cas d’accident.

Au nom de la présidence, l’Ambassadrice Clarisse Moussavou a présenté un rapport sur l’application du
carnet de saisonnier adopté à Lomé il y a deux ans. Ce document, que délivrent désormais six
administrations, permet à son titulaire de justifier de ses séjours antérieurs et d’ouvrir un compte
d’épargne dans le pays où il travaille.

« Le carnet tient dans une poche de chemise, et c’est là tout son mérite », a déclaré Théophile
Agbossou, chef du bureau de l’OIM au Bénin. « Une convention que personne ne porte sur soi ne protège
personne. »

Les délégués ont également pris connaissance d’une étude consacrée aux transferts d’argent entre les
ports de la région. Il en ressort que les frais prélevés sur les petites sommes restent trois fois plus
élevés que sur les grandes, et que la plupart des envois passent encore de la main à la main, par
l’intermédiaire d’un chauffeur ou d’un parent.

Les conclusions de la réunion seront soumises aux ministres à Libreville. Elles portent sur la
reconnaissance mutuelle des carnets, la création d’un guichet unique dans chaque port et la publication
annuelle de statistiques établies selon une méthode commune.

Réunie pour la première fois à Douala en 2017, la Rencontre régionale sur la mobilité est un espace de
concertation sans caractère contraignant. Elle rassemble, tous les deux ans, les administrations du
travail, de l’intérieur et des affaires étrangères des pays riverains, ainsi que les organisations de
travailleurs.

@ Pour plus d’informations, veuillez contacter Mireille Houngbédji, Bureau régional de l’OIM à Dakar,
Tél. + (221) 33 855 50 12, Email: mhoungbedji@iom.example
"""),
)

SCHOOLS_FR = Release(
    node=110391,
    path="/fr/news/onze-villes-sengagent-ouvrir-leurs-classes-aux-enfants-migrants",
    language="fr",
    headline="Onze villes s’engagent à ouvrir leurs classes aux enfants migrants",
    published=datetime(2026, 2, 25, 15, 10, tzinfo=UTC),
    caption="Des élèves d’une école primaire d’Izmir. Photo : OIM/Derya Aksoy 2025",
    attachment=("L’engagement d’Izmir (PDF, 214 Ko)", "engagement-izmir.pdf"),
    structured="json-ld",
    text=french("""
Genève/Izmir – Les maires de onze villes du pourtour méditerranéen sont convenus qu’aucun enfant ne se
verrait refuser une place à l’école faute de titre de séjour, de bulletin scolaire ou d’adresse fixe.

Signé lors d’une réunion organisée par l’Organisation internationale pour les migrations (OIM),
l’engagement concerne des établissements qui accueillent ensemble plus de 900\u202f000 élèves. Chaque
ville désignera un bureau auquel les parents pourront s’adresser et fixera un délai au terme duquel une
place devra être trouvée.

> « Une année scolaire, c’est long dans une vie courte », a déclaré Leyla Demirel, adjointe au maire
d’Izmir. « Un enfant ne devrait pas la passer dans une file d’attente. »

## De la signature au banc d’école

Les villes se sont fixé quatre tâches pour la prochaine rentrée :

- accepter une inscription provisoire sur la parole des parents, et demander les papiers ensuite ;
- évaluer le niveau de l’élève dans une langue qu’il parle ;
- former dans chaque école au moins deux enseignants à l’accueil des nouveaux venus ;
- publier, chaque trimestre, le nombre d’enfants qui attendent une place.

L’accord entrera en vigueur une fois ratifié par les conseils municipaux des onze villes. Un comité
auquel siégeront des élèves en suivra l’application chaque printemps.

***

@ Pour plus d’informations, veuillez contacter :

@ Selin Kaya, porte-parole, +90 312 555 01 48, skaya@iom.example
"""),
)

TANGANYIKA = Release(
    node=110373,
    path="/fr/news/kalemie-les-familles-deplacees-sinstallent-sur-les-hauteurs",
    language="fr",
    scope="local",
    headline="À Kalemie, les familles déplacées s’installent sur les hauteurs",
    subtitle="La crue du lac a emporté deux quartiers en une nuit",
    published=datetime(2026, 2, 17, 12, 20, tzinfo=UTC),
    caption="Sur la colline de Kichanga, les premiers abris. Photo : OIM/Espérance Mbuyu 2026",
    structured="both",
    text=french("""
Kalemie, 17 février 2026 – La montée des eaux du lac Tanganyika a contraint quelque 12\u202f400
personnes à quitter les quartiers bas de Kalemie, d’après un décompte effectué par l’Organisation
internationale pour les migrations (OIM) et la protection civile.

La plupart ont gagné à pied les collines qui dominent la ville. Elles y dorment sous des bâches, dans
des églises ou chez des proches, et redescendent le matin pour surveiller ce qui reste de leurs maisons.

« L’eau n’a pas frappé à la porte », raconte Justine Kabila Mwamba, vendeuse de poisson, qui a passé
deux jours à chercher sa mère. « Elle était déjà dans la chambre. »

## Trois urgences

- l’eau potable, car les puits des hauteurs ne suffisent plus ;
- des latrines éloignées des abris, pour prévenir le choléra ;
- un éclairage, sans lequel les femmes n’osent pas sortir la nuit.

Deux camions-citernes font la navette depuis lundi. L’OIM et la Croix-Rouge tracent avec les chefs de
quartier des parcelles sur un terrain que la commune a mis à disposition, et chaque famille reçoit un
reçu portant son nom et le numéro de la sienne.

Un nouveau décompte sera publié dès que les équipes auront atteint les villages de pêcheurs situés au
nord.

***

@ Pour plus d’informations, veuillez contacter Patrick Ilunga, OIM République démocratique du Congo, Tél
: +243 81 555 02 17, Email : pilunga@iom.example
"""),
)

RELEASES = (GULF_MEETING, SCHOOLS_FR, TANGANYIKA)
