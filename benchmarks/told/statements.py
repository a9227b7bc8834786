"""Short true statements in four languages: each is a release, whatever words it has in common with a notice.

Invented throughout.
"""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.told.pages import DESIGNS, page
from benchmarks.told.stage import staged
from benchmarks.told.tally import Tally
from benchmarks.told.texts import Text
from crawler.extract import extract

STATEMENTS: tuple[tuple[str, str, str], ...] = (
    (
        "en",
        "Statement on the Attack in Marivale",
        "I am appalled by the attack on our colleagues in Marivale.",
    ),
    (
        "en",
        "We Are Sorry",
        "We are sorry for the harm that was done to the families of Tesso, and say so today.",
    ),
    (
        "en",
        "Access Denied at the Border",
        "Aid workers were denied access to the crossing at Okwari this morning.",
    ),
    (
        "en",
        "Not Found: The Missing of the Lunsa Shipwreck",
        "Sixty-one people who were aboard are still not found.",
    ),
    (
        "en",
        "The Service Is Unavailable to Those Who Need It",
        "The clinic in Dorsa is closed for want of fuel.",
    ),
    (
        "en",
        "Road Maintenance Resumes",
        "Road maintenance has resumed between Bandel and Kirowa after the rains.",
    ),
    (
        "en",
        "One Moment, One Choice",
        "“It took one moment to choose,” said a mother who reached Halwan on foot.",
    ),
    (
        "en",
        "Office Closed on Friday",
        "The IOM office in Ambari is closed on Friday for the funeral of a colleague.",
    ),
    (
        "fr",
        "Déclaration sur le naufrage au large de Mandara",
        "Nous pleurons les victimes du naufrage survenu hier.",
    ),
    (
        "fr",
        "Accès refusé aux convois",
        "Les convois se sont vu refuser l’accès à la ville de Tiékoro ce matin.",
    ),
    (
        "fr",
        "Introuvables depuis un an",
        "Douze pêcheurs de Gorom restent introuvables, un an après la tempête.",
    ),
    (
        "fr",
        "Nous sommes désolés",
        "Nous présentons nos excuses aux familles de Nampala pour le retard de l’aide.",
    ),
    (
        "fr",
        "Un instant de répit",
        "La trêve offre un instant de répit aux habitants de Ouassou, a dit l’OIM.",
    ),
    (
        "fr",
        "Le service est interrompu à Dioura",
        "Le bac ne passe plus à Dioura et l’aide attend sur la rive.",
    ),
    ("fr", "Maintenance du pont de Lésigny", "La maintenance du pont de Lésigny ferme la route aux convois."),
    ("fr", "Condoléances", "L’OIM présente ses condoléances au peuple de Belfontaine."),
    ("es", "Declaración sobre el incendio de Tocopampa", "Condenamos el incendio del refugio de Tocopampa."),
    (
        "es",
        "Acceso denegado a la frontera",
        "Se negó el acceso a la frontera a los equipos de la OIM este lunes.",
    ),
    ("es", "No encontrados", "Veinte personas siguen sin ser encontradas tras el naufragio de Puerto Nieva."),
    ("es", "Lo sentimos", "Lamentamos el daño causado a las familias de Quebrada Honda y lo decimos hoy."),
    ("es", "Un momento para recordar", "Recordamos hoy a quienes murieron en el camino a Los Álamos."),
    (
        "es",
        "El servicio no está disponible en la selva",
        "No hay servicio de lanchas en Caldera desde el martes.",
    ),
    (
        "es",
        "Mantenimiento de los pozos",
        "El mantenimiento de los pozos de Villarreal Baja termina esta semana.",
    ),
    ("es", "Pésame", "La OIM da el pésame al pueblo de San Isidro del Mar."),
    ("ar", "بيان بشأن الهجوم على مرزوقة", "ندين الهجوم الذي استهدف زملاءنا في مرزوقة صباح اليوم."),
    ("ar", "رفض دخول القافلة", "رفض دخول قافلة المساعدات إلى وادي السدر للمرة الثالثة هذا الأسبوع."),
    ("ar", "لم يعثر عليهم", "لم يعثر بعد على عشرين شخصا كانوا على متن القارب قرب عين الحجل."),
    ("ar", "نعتذر للأسر", "نعتذر لأسر تل الزيتون عن تأخر وصول المساعدات إليها هذا الشتاء."),
    ("ar", "صيانة الآبار", "تنتهي صيانة الآبار في قصر النخيل نهاية هذا الأسبوع."),
    ("ar", "تعزية", "تتقدم المنظمة بالتعازي إلى أهالي باب الرمل."),
)


def _text(number: int, path: str) -> Text:
    language, title, sentence = STATEMENTS[number]
    return Text(
        path=path,
        language=language,
        headline=title,
        paragraphs=(sentence,),
        table=(),
        contact="",
        document="",
        published=None,
    )


def play(tally: Tally, folder: Path, number: int, seed: int) -> None:
    """A statement, undated and without any contact: read alone in each design, and told as new by a site."""
    language, title, _ = STATEMENTS[number]
    for design in DESIGNS:
        text = _text(number, "/news/statement")
        markup = page(text, design, random.Random(f"{seed} {number}"))
        found = extract(markup.encode(), url="https://www.iom.int/news/statement", content_type="text/html")
        said = found.unreadable or "read"
        where = f"{design}, {language}: {title}"
        tally.note("statements", "read alone", said[:40], right=found.article is not None, where=where)
    design = DESIGNS[number % len(DESIGNS)]
    with staged(folder, language=language, seed=f"{seed} {number}", count=5, design=design) as stage:
        stage.run(0)
        path = next(iter(stage.texts)).replace("release-0", "statement")
        stage.put(_text(number, path))
        stage.watch.name(*(path for path in stage.watch.pages if "/news/" in path))
        for hours in (1, 3):
            stage.run(hours)
        told = [row["kind"] for row in stage.told()[path]]
        trouble = stage.watch.state(path)[1] or ""
        where = f"{design}, {language}: {title}: {trouble}"
        tally.note(
            "statements", "told as new", " + ".join(told) or "nothing", right=told == ["new"], where=where
        )
