"""The words by which a sentence can turn into its opposite: negations, directions, quantifiers, actors.

General Dutch of policy texts; lists, not a model, so that every verdict can be explained by the words that caused it.
"""

from __future__ import annotations

NEGATIONS = frozenset(
    {"niet", "geen", "nooit", "nergens", "niemand", "niets", "noch", "zonder", "nauwelijks", "evenmin", "geenszins"}
)
NO_NEGATION_BEFORE = frozenset({"alleen", "enkel", "slechts", "zozeer", "uitsluitend", "louter"})
""""niet alleen", "niet zozeer": the word after the negation takes it away."""
NO_NEGATION_AFTER = frozenset({"dan", "of"})
""""al dan niet", "of niet"."""

_AXES = {
    "omvang": (
        "stijgen stijging toenemen toename groeien groei verhogen verhoging uitbreiden uitbreiding vergroten meer "
        "hoger verdubbelen verdubbeling vermeerderen aangroei oplopen bijkomen gestegen toegenomen gegroeid verhoogd "
        "uitgebreid vergroot verdubbeld opgelopen bijgekomen winnen won gewonnen winst",
        "dalen daling afnemen afname krimpen krimp verlagen verlaging inkrimpen verminderen vermindering minder lager "
        "halveren halvering teruglopen slinken bezuinigen verkleinen terugdringen gedaald afgenomen gekrompen verlaagd "
        "ingekrompen verminderd gehalveerd teruggelopen verkleind teruggedrongen terugbrengen teruggebracht verliezen "
        "verlies verloor verloren verdwijnen verdween verdwenen",
    ),
    "bestaan": (
        "voortzetten voortzetting behouden behoud handhaven continueren doorgaan invoeren invoering starten start "
        "openen oprichten oprichting beginnen voortgezet gehandhaafd ingevoerd gestart geopend opgericht begonnen",
        "afschaffen afschaffing stoppen beëindigen beëindiging afbouwen afbouw schrappen intrekken intrekking sluiten "
        "opheffen opheffing staken vervallen stopzetten afgeschaft gestopt beëindigd afgebouwd geschrapt ingetrokken "
        "gesloten opgeheven gestaakt stopgezet",
    ),
    "ruimte": (
        "toestaan toelaten toestemming vrijgeven toegestaan toegelaten vrijgegeven",
        "verbieden verbod weren weigeren uitsluiten verboden geweerd geweigerd uitgesloten",
    ),
    "kracht": ("sterk versterken versterking hecht versterkt", "zwak verzwakken verzwakking los verzwakt"),
    "genoeg": ("voldoende genoeg", "onvoldoende tekortschieten"),
    "tempo": (
        "versnellen versnelling vervroegen versneld vervroegd",
        "vertragen vertraging uitstellen uitstel vertraagd uitgesteld",
    ),
    "bestuur": ("centraal", "decentraal"),
    "plicht": ("verplicht verplichten verplichting", "vrijwillig vrijblijvend"),
    "duur": ("permanent blijvend structureel", "tijdelijk eenmalig"),
    "oordeel": (
        "voorstander bepleiten bepleit pleiten pleit aanraden aanbevelen adviseren onderschrijven "
        "essentieel noodzakelijk wenselijk verstandig",
        "tegenstander afwijzen afraden ontraden verwerpen onnodig onwenselijk onverstandig",
    ),
    "uitkomst": ("slagen geslaagd lukken succesvol", "mislukken mislukt falen"),
    "moeite": ("gemakkelijk makkelijk moeiteloos", "moeilijk lastig moeizaam hindernis belemmering knelpunt"),
    "waarde": ("goed", "slecht"),
    "nut": ("voordeel voordelen", "nadeel nadelen"),
    "grootte": ("groter", "kleiner"),
    "gelijkheid": ("gelijk hetzelfde gelijkwaardig", "verschillen verschil ongelijk uiteenlopen"),
    "tevredenheid": ("tevreden positief", "ontevreden negatief"),
    "niveau": ("hoog hoger", "laag lager"),
    "leeftijd": ("nieuw gloednieuw modern", "oud verouderd"),
    "vergelijking": (
        "voorlopen vooroplopen voorblijven overtreffen bovengemiddeld sneller",
        "achterblijven achterlopen achterstand benedengemiddeld ondergemiddeld trager langzamer",
    ),
    "rang": ("hoogste grootste meeste", "laagste kleinste minste"),
}
DIRECTIONS = {
    word: (axis, sign)
    for axis, sides in _AXES.items()
    for sign, words in zip((1, -1), sides, strict=True)
    for word in words.split()
}
"""Lemma -> (axis, +1 or -1): words that say the opposite have the same axis and another sign."""

SEPARABLE = {
    ("nemen", "toe"): "toenemen",
    ("nemen", "af"): "afnemen",
    ("lopen", "terug"): "teruglopen",
    ("lopen", "op"): "oplopen",
    ("komen", "bij"): "bijkomen",
    ("breiden", "uit"): "uitbreiden",
    ("stellen", "uit"): "uitstellen",
    ("schaffen", "af"): "afschaffen",
    ("bouwen", "af"): "afbouwen",
    ("zetten", "voort"): "voortzetten",
    ("zetten", "stop"): "stopzetten",
    ("gaan", "door"): "doorgaan",
    ("staan", "toe"): "toestaan",
    ("laten", "toe"): "toelaten",
    ("voeren", "in"): "invoeren",
    ("richten", "op"): "oprichten",
    ("trekken", "in"): "intrekken",
    ("heffen", "op"): "opheffen",
    ("sluiten", "uit"): "uitsluiten",
    ("wijzen", "af"): "afwijzen",
    ("raden", "af"): "afraden",
    ("raden", "aan"): "aanraden",
    ("brengen", "terug"): "terugbrengen",
    ("dringen", "terug"): "terugdringen",
    ("leggen", "vast"): "vastleggen",
    ("blijven", "achter"): "achterblijven",
    ("lopen", "achter"): "achterlopen",
    ("lopen", "voor"): "voorlopen",
    ("lopen", "voorop"): "vooroplopen",
}
"""Verbs that Dutch takes apart: "neemt met 5 procent toe" is "toenemen"."""
SEPARATED = frozenset(verb for verb, _ in SEPARABLE)
FINITE = {
    "raad": "raden", "wijs": "wijzen", "wijst": "wijzen", "wees": "wijzen", "laat": "laten", "schaft": "schaffen",
    "schafte": "schaffen", "breid": "breiden", "breidt": "breiden", "breidde": "breiden", "bouw": "bouwen",
    "voer": "voeren", "trek": "trekken", "zet": "zetten", "stel": "stellen", "loop": "lopen",
}  # fmt: skip
"""Forms of these verbs that a dictionary takes for a noun, or for another verb."""

ALL = frozenset({"alle", "iedere", "ieder", "elke", "elk", "allemaal", "volledig", "geheel", "uitsluitend", "altijd"})
SOME = frozenset({"enkele", "sommige", "soms", "gedeeltelijk", "deels", "merendeel", "meeste", "meerderheid", "helft"})
SOME_PHRASES = ("een aantal", "een deel", "een paar", "op één na", "op een na", "punt na", "niet alle")

ACTORS = {
    "gemeente": "gemeente gemeentelijk college gemeenteraad stadsbestuur wethouder burgemeester stadhuis raad",
    "provincie": "provincie provinciaal gedeputeerde",
    "rijk": "rijk rijksoverheid kabinet minister ministerie staatssecretaris nationaal regering",
    "regio": "regio regionaal metropoolregio regiogemeente",
    "eu": "eu europees brussel unie",
    "werkgevers": "werkgever bedrijf ondernemer bedrijfsleven onderneming",
    "onderwijs": "school onderwijsinstelling roc mbo hogeschool universiteit",
}
ACTOR_OF = {word: actor for actor, words in ACTORS.items() for word in words.split()}
GOVERNMENTS = frozenset({"gemeente", "provincie", "rijk", "eu"})

AVERAGE = (
    (r"(?:boven|hoger dan|meer dan) (?:het |de )?(?:\w+e? )?(?:gemiddelde?|trend)\b", 1),
    (r"(?:onder|beneden|lager dan|minder dan) (?:het |de )?(?:\w+e? )?(?:gemiddelde?|trend)\b", -1),
)
"""Ways to say "above average" and "below average", on the axis `vergelijking`."""

VAGUE = frozenset(
    {"bijna", "ruim", "circa", "ca", "ongeveer", "zo'n", "rond", "krap", "dik", "nagenoeg", "grofweg", "about"}
)
"""Words before a figure that make it a rough one."""

MEASURES = {
    "jaar": "jaar", "jaren": "jaar", "maand": "maand", "maanden": "maand", "week": "week", "weken": "week",
    "dag": "dag", "dagen": "dag", "uur": "uur", "uren": "uur", "hectare": "hectare", "hectaren": "hectare",
    "ha": "hectare", "m2": "m2", "m²": "m2", "meter": "meter", "km": "kilometer", "kilometer": "kilometer",
    "graden": "graad", "procentpunt": "procentpunt", "mw": "mw", "megawatt": "mw",
}  # fmt: skip
"""What is counted, where two counts may only be compared if it is the same."""
