"""Spanish and Arabic releases that stand on the simulated site when watching begins.

Invented throughout: events, people and figures. No text is taken from anywhere.
"""

from __future__ import annotations

from datetime import UTC, datetime

from crawler.demo.release import Release, prose

SCHOOLS_ES = Release(
    node=110391,
    path="/es/news/once-ciudades-acuerdan-abrir-sus-aulas-la-ninez-migrante",
    language="es",
    headline="Once ciudades acuerdan abrir sus aulas a la niñez migrante",
    published=datetime(2026, 2, 25, 16, 0, tzinfo=UTC),
    caption="Alumnos de una escuela primaria de Esmirna. Foto: OIM/Derya Aksoy 2025",
    structured="json-ld",
    text=prose("""
Ginebra/Esmirna – Las alcaldías de once ciudades del Mediterráneo han acordado que ningún niño se quede
sin escuela por carecer de permiso de residencia, de boletín de notas o de domicilio fijo.

El compromiso, firmado en una reunión que convocó la Organización Internacional para las Migraciones
(OIM), abarca escuelas en las que estudian en total más de 900.000 alumnos. Cada ciudad designará una
oficina a la que puedan acudir las familias y fijará un plazo para encontrar una plaza.

> «Un curso es mucho tiempo en una vida corta», dijo Leyla Demirel, teniente de alcalde de Esmirna. «Un
niño no debería pasarlo haciendo cola».

## De la firma al pupitre

Las ciudades se han propuesto cuatro tareas para el próximo curso:

- aceptar la inscripción provisional con la palabra de los padres y pedir los papeles después;
- evaluar el nivel del alumno en un idioma que hable;
- formar en cada escuela al menos a dos docentes para recibir a quienes llegan;
- publicar cada trimestre cuántos niños esperan una plaza.

El acuerdo entrará en vigor cuando lo ratifiquen los concejos de las once ciudades.

***

@ Para más información, se ruega ponerse en contacto con:

@ Selin Kaya, portavoz, Teléfono móvil: +90 312 555 01 48, Correo electrónico: skaya@iom.example
"""),
)

DARIEN_RADIO = Release(
    node=110388,
    path="/es/news/una-radio-comunitaria-acompana-quienes-esperan-en-necocli",
    language="es",
    scope="local",
    headline="Una radio comunitaria acompaña a quienes esperan en Necoclí",
    published=datetime(2026, 2, 24, 11, 25, tzinfo=UTC),
    caption="La cabina ocupa la antigua bodega del muelle. Foto: OIM/Liliana Cuesta 2026",
    text=prose("""
Necoclí, Colombia, 24 de febrero de 2026.- A las seis de la mañana, antes de que zarpe la primera
lancha, una voz saluda en español, en criollo haitiano y en inglés. Da el estado del mar, el precio del
pasaje y el nombre de las personas a las que alguien busca.

La emisora, que funciona en la antigua bodega del muelle, nació de una idea sencilla: quien espera
necesita saber. La ponen en antena doce voluntarios, la mitad de ellos migrantes, con equipos que aportó
la Organización Internacional para las Migraciones (OIM).

«Aquí el rumor viaja más rápido que la lancha», explica Wilner Jean-Baptiste, que conduce el programa de
la tarde. «Nosotros llamamos por teléfono, preguntamos y después hablamos».

## Antecedentes

Durante años la única información disponible en el puerto fue la que daban quienes vendían los pasajes.
Una consulta hecha por la alcaldía mostró que siete de cada diez viajeros desconocían los horarios del
puesto de salud, situado a dos calles del muelle.

Desde que la radio emite, las consultas de mujeres embarazadas se han duplicado. El puesto ha abierto
también los domingos.

***

@ Para más información, se ruega ponerse en contacto con Liliana Cuesta, OIM Colombia, Teléfono móvil:
+57 310 555 0148, Correo electrónico: lcuesta@iom.example
"""),
)

COAST_AR = Release(
    node=110379,
    path="/ar/news/mrkz-jdyd-fy-myna-tbrq-ysad-alnajyn-mn-albhr",
    language="ar",
    scope="local",
    headline="مركز جديد في ميناء طبرق يساعد الناجين من البحر",
    published=datetime(2026, 2, 20, 10, 30, tzinfo=UTC),
    caption="مدخل المركز على رصيف الميناء. تصوير: المنظمة الدولية للهجرة/سالم الفيتوري 2026",
    text=prose("""
طبرق، 20 شباط/فبراير 2026

افتتحت بلدية طبرق، بدعم من المنظمة الدولية للهجرة، مركزاً لاستقبال الناجين من حوادث الغرق، يقدّم لهم
الرعاية الطبية والملابس الجافة ومكاناً هادئاً يستريحون فيه قبل أي إجراء آخر.

كان الناجون فيما مضى ينتظرون ساعات طويلة على رصيف الميناء تحت الشمس أو المطر. أما اليوم فيستقبلهم فريق
من الممرضين والمترجمين يعمل ليلاً ونهاراً، ويسجّل أسماءهم كي تعرف عائلاتهم أنهم على قيد الحياة.

> قالت هدى المنصوري، وهي ممرضة تعمل في المركز منذ يومه الأول: «أول ما يطلبه الناس ليس الطعام ولا الماء،
بل هاتف يتصلون به بأمهاتهم».

## خدمات المركز

- فحص طبي أولي لكل من يصل؛
- مكالمة هاتفية مجانية إلى أي بلد؛
- غرفة منفصلة للنساء والأطفال؛
- مشورة قانونية بلغة يفهمها الناجي.

ويعمل في المركز أربعة وعشرون شخصاً، نصفهم من شباب المدينة الذين تلقوا تدريباً على الإسعافات الأولية.
وتأمل البلدية في افتتاح مركز مماثل في ميناء درنة قبل نهاية العام.

***

@ لمزيد من المعلومات، يرجى الاتصال بسالم الفيتوري، المنظمة الدولية للهجرة في ليبيا، هاتف: +218 21 555
0142، البريد الإلكتروني: sfaituri@iom.example
"""),
)

NURSES_AR = Release(
    node=110380,  # a translation that the site does not link: a node of its own, no hreflang
    path="/ar/news/akra-wahamburgh-tjrban-trykan-akthr-ansafan-lltmryd",
    language="ar",
    headline="أكرا وهامبورغ تجرّبان طريقاً أكثر إنصافاً لهجرة الممرضين",
    published=datetime(2026, 2, 20, 14, 0, tzinfo=UTC),
    structured="none",
    text=prose("""
أكرا/هامبورغ، 20 شباط/فبراير 2026 – مقابل كل ممرض يوظفه مستشفى ألماني في إطار مشروع تجريبي بدأ هذا
الشهر، سيجري تدريب ممرض ثانٍ وتوظيفه في بلده. وهذه أول خطة من نوعها توقّع عليها المستشفيات والنقابات
ووزارتا الصحة في البلدين معاً.

لطالما ترك التوظيف في الخارج أقسام المستشفيات في بلدان المنشأ بلا أيدٍ كافية. ويهدف المشروع، الذي صُمّم
بالتعاون مع المنظمة الدولية للهجرة، إلى تقاسم الكلفة: فالمستشفى الذي يكسب ممرضاً يدفع ثمن تدريب ممرض آخر
قبل أول يوم عمل.

وقالت أبينا أوفوري، التي ستلتحق بقسم القلب في هامبورغ هذا الصيف: «لم أُرد أن أكون سبباً في نقص يعانيه
غيري. واليوم هناك شخصان يتعلمان عملي في القسم الذي أغادره».

وستنشر النقابات ما تتوصل إليه بعد اثني عشر شهراً.

***

@ لمزيد من المعلومات: كوابينا منساه، المنظمة الدولية للهجرة في غانا، +233 30 255 5013،
kmensah@iom.example
"""),
)

RELEASES = (SCHOOLS_ES, DARIEN_RADIO, COAST_AR, NURSES_AR)
