"""A recommendation in one line, made of its own words: who advises, why and the asides are left out.

Nothing is added: every word of a summary is in the quote (or in the introduction of its list), in the same order.
"""

from __future__ import annotations

import re

LONGEST = 160
"""Characters of a summary at most; about a line and a half in the tables of the app."""

_BRACKETS = re.compile(r"\s*\([^()]*\)")
_OPENERS = re.compile(
    r"^(?:(?:daarom|daarnaast|daarbij|hierbij|hiervoor|daarvoor|verder|ook|tevens|bovendien|tegelijkertijd|"
    r"ten (?:eerste|tweede|derde|vierde|vijfde|slotte)|"
    r"tot slot|kortom|dus|echter|wel|tenslotte|vervolgens|allereerst|concreet|met andere woorden|in dat verband|"
    r"in dit verband|op termijn|"
    r"naast dit alles|zo|maar|en|want|niettemin|desondanks)\b,?\s+)+",
    re.IGNORECASE,
)
_NAME = r"(?:de |het |een |onze )?[\w’'./&-]+(?: [\w’'./&()-]+){0,5}?"
_ADVISER = re.compile(
    rf"^(?:{_NAME} )?(?:adviseert|adviseren|adviseer|beveelt|bevelen|raadt|raden|pleit|pleiten|roept|roepen|"
    rf"dringt|dringen|stelt|stellen|verzoekt|verzoeken|"
    rf"vraagt|vragen|geeft|geven|acht|achten)\b(?: (?:wij|we|de raad|de commissie|ik))?(?: (?:daarom|dan ook|dus|"
    rf"verder|ook|tevens|nogmaals|nadrukkelijk))*"
    rf"(?P<rest>.*)$",
    re.IGNORECASE,
)
_TO_WHOM = re.compile(
    r"^ ?(?:(?:aan )?(?:het college(?: van (?:burgemeester en wethouders|b en w))?|de gemeente(?:raad)?|"
    r"de provincie|het rijk|het kabinet|"
    r"de minister(?: van \w+)?|het ministerie|de raad|u|het nieuwe college|een nieuw kabinet|gemeenten|"
    r"het bestuur)\b ?)",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"^[ ,]*(?:er ?voor|ervoor|eraan|erop|aan|op|voor|in overweging|er|dan ook|daarom|wel)?[ ,]*(?:om|dat|:)?\s+",
    re.IGNORECASE,
)
_NEED = (
    r"(?:essentieel|noodzakelijk|cruciaal|nodig|zaak|gewenst|wenselijk|belangrijk|verstandig|raadzaam|zinvol|"
    r"aan te bevelen|aan te raden|"
    r"van (?:\w+ ){0,2}belang|hard nodig|geboden|vereist)"
)
_IT_IS = re.compile(
    rf"^(?:.{{0,160}}?[,;] ?)?(?:(?:\w+ ){{0,3}})?(?:het is|is het|blijft het|"
    rf"het blijft)(?: \w+){{0,4}}? {_NEED}(?: \w+)?[,:]? (?:om |dat )?(?P<rest>.+)$",
    re.IGNORECASE,
)
_NEED_IS = re.compile(rf"^{_NEED}(?: \w+)? is(?: het)?,? (?:om |dat )(?P<rest>.+)$", re.IGNORECASE)
_ADVICE_IS = re.compile(
    r"^(?:ons|onze|het|de|een) (?:\w+ )?(?:advies|aanbeveling)\b.{0,60}? (?:is|luidt)(?: daarom|"
    r" dan ook)?[,:]? (?:om |dat )?(?P<rest>.+)$",
    re.IGNORECASE,
)
_PURPOSE = re.compile(
    r"^(?:om|teneinde)\b[^,;]{10,160}, (?P<rest>(?:is|zijn|moet|moeten|dient|dienen|zal|zullen|kan|kunnen|zou|"
    r"zouden|vraagt|adviseert|adviseren|bevelen)\b.+)$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r" [–—-] [^–—]{3,120}? [–—-] | ?\([^()]*\)")
_TAILS = (
    re.compile(r",? (?:zodat|opdat|waardoor|waarbij|omdat|aangezien|waarmee|doordat|terwijl|hoewel)\b.*$"),
    re.compile(r", (?:die|dat|wat|waar\w*|zoals|bijvoorbeeld|mits|met name|onder andere|onder meer|o\.a\.)\b.*$"),
    re.compile(r" (?:om zo|teneinde|met als doel|ten behoeve van|met het oog op)\b.*$"),
    re.compile(r" om\b[^,]*\bte \w+[^,]*$"),
    re.compile(r"[;:].*$"),
)


def summarise(quote: str, intro: str = "") -> str:
    """One line from `quote`: at most `LONGEST` characters, only words of the quote, in their order.

    `intro` helps an item that means nothing alone (one or two words): its own words are put before the item's.
    """
    text = " ".join(_ASIDE.sub(" ", quote).split())
    text = re.sub(r"^(?:[-–—•■▪●◆►*]+|\(?(?:\d{1,2}|[a-z])[.)])\s+", "", text).strip(" ;,")
    short = _core(_OPENERS.sub("", text))
    for tail in _TAILS:
        if len(short) <= 100:
            break
        cut = tail.sub("", short).strip(" ,;")
        if len(cut.split()) >= 6:
            short = cut
    short = _OPENERS.sub("", short).strip(" ,;:")
    if intro and len(short.split()) <= 2:
        short = f"{intro.strip().rstrip(':')}: {short}"
    return _finish(short or text)


def _core(text: str) -> str:
    """The advice itself: what follows "adviseert om", "het is zaak", "om X te bereiken, moet"."""
    for pattern in (_ADVICE_IS, _NEED_IS, _IT_IS):
        match = pattern.match(text)
        if match and len(match["rest"].split()) >= 4:
            return _drop_to(match["rest"])
    match = _ADVISER.match(text)
    if match:
        rest = _LINK.sub(
            "", _TO_WHOM.sub("", match["rest"]) if not match["rest"].startswith(" voor") else match["rest"]
        )
        rest = _TO_WHOM.sub("", rest)
        rest = re.sub(r"^(?:om|dat)\s+", "", rest.strip())
        if len(rest.split()) >= 3:
            return _drop_to(rest)
    match = _PURPOSE.match(text)
    return match["rest"] if match else text


def _drop_to(rest: str) -> str:
    """Drop "te" where the verb that it belongs to opens the phrase: "te investeren in X" -> "investeren in X"."""
    return re.sub(r"^(?:ook |daarbij |hierbij |vooral )*te (\w+en\b)", r"\1", rest.strip())


def _finish(text: str) -> str:
    """A capital first, no loose end, and not longer than `LONGEST`."""
    text = text.rstrip(" .;,:-–")
    if len(text) > LONGEST:
        text = text[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    return text[:1].upper() + text[1:]
