"""The countries that the simulated site's "where we work" menu leads to: (ISO 3166-1 code, name).

A sample for the weight of the menu; it claims nothing about where any organization works.
"""

from __future__ import annotations

_CODES = """
AF Afghanistan; AL Albania; DZ Algeria; AO Angola; AR Argentina; AM Armenia; AU Australia; AT Austria;
AZ Azerbaijan; BD Bangladesh; BY Belarus; BE Belgium; BZ Belize; BJ Benin; BO Bolivia;
BA Bosnia and Herzegovina; BW Botswana; BR Brazil; BG Bulgaria; BF Burkina Faso; BI Burundi;
KH Cambodia; CM Cameroon; CA Canada; CF Central African Republic; TD Chad; CL Chile; CN China;
CO Colombia; KM Comoros; CR Costa Rica; HR Croatia; CY Cyprus; CZ Czechia; DK Denmark; DJ Djibouti;
DO Dominican Republic; EC Ecuador; EG Egypt; SV El Salvador; EE Estonia; ET Ethiopia; FJ Fiji;
FI Finland; FR France; GA Gabon; GM Gambia; GE Georgia; DE Germany; GH Ghana; GR Greece; GT Guatemala;
GN Guinea; GW Guinea-Bissau; GY Guyana; HT Haiti; HN Honduras; HU Hungary; IS Iceland; IN India;
ID Indonesia; IQ Iraq; IE Ireland; IT Italy; JM Jamaica; JP Japan; JO Jordan; KZ Kazakhstan; KE Kenya;
KW Kuwait; KG Kyrgyzstan; LV Latvia; LB Lebanon; LS Lesotho; LR Liberia; LY Libya; LT Lithuania;
MG Madagascar; MW Malawi; ML Mali; MT Malta; MR Mauritania; MX Mexico; MN Mongolia; ME Montenegro;
MA Morocco; MZ Mozambique; MM Myanmar; NA Namibia; NP Nepal; NI Nicaragua; NE Niger; NG Nigeria;
NO Norway; PK Pakistan; PA Panama; PG Papua New Guinea; PY Paraguay; PE Peru; PH Philippines;
PL Poland; PT Portugal; RO Romania; RW Rwanda
"""

PLACES: tuple[tuple[str, str], ...] = tuple(
    (place[:2], place[3:]) for place in " ".join(_CODES.split("\n")).strip().replace(";  ", "; ").split("; ")
)
