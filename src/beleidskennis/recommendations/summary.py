"""A recommendation in one line, made of its own words: who advises, why and the asides are left out.

Nothing is added: the words of a summary are those of the quote (or of the introduction of its list), in the same
order; only "moet worden versterkt" becomes "versterken".
"""

from __future__ import annotations

import re

from beleidskennis.recommendations.grammar import infinitive_of_participle, is_finite, is_verb, tokens_of

LONGEST_SUBJECT = 14
"""Words before "moet": a longer stretch holds more than a subject."""
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
    re.compile(r", om\b[^,]*\bte \w+[^,]*$"),
    re.compile(r"[;:].*$"),
)
_WISE = re.compile(
    r"^(?:.{0,60}? )?(?:doet|doen|zou|zouden) (?:.{0,80}? )?(?:verstandig|"
    r"goed) aan(?: doen)?(?: om)? (?P<rest>.+)$",
    re.IGNORECASE,
)
_PASSIVES = (
    re.compile(
        r"^(?P<subject>[^,;:]*?)\b(?:moet|moeten|dient|"
        r"dienen) (?P<middle>[^,;:]*?)(?:\bte )?worden (?P<participle>\w+)\b"
        r"(?P<rest>.*)$",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?P<subject>[^,;:]*?)\b(?:moet|moeten|dient|"
        r"dienen) (?P<middle>[^,;:]*?)\b(?P<participle>\w+) (?:te )?worden\b"
        r"(?P<rest>.*)$",
        re.IGNORECASE,
    ),
)


def summarise(quote: str, intro: str = "") -> str:
    """One line from `quote`: at most `LONGEST` characters, only words of the quote, in their order.

    `intro` helps an item that means nothing alone (one or two words): its own words are put before the item's.
    """
    text = " ".join(_ASIDE.sub(" ", quote).split())
    text = re.sub(r"^(?:[-–—•■▪●◆►*]+|\(?(?:\d{1,2}|[a-z])[.)])\s+", "", text).strip(" ;,")
    short = _active(_core(_without_opener(text)))
    for tail in _TAILS:
        if len(short) <= 100:
            break
        cut = tail.sub("", short).strip(" ,;")
        if len(cut.split()) >= 6:
            short = cut
    short = _without_opener(short).strip(" ,;:")
    if intro and len(short.split()) <= 2:
        short = f"{intro.strip().rstrip(':')}: {short}"
    return _finish(short or text)


def _core(text: str) -> str:
    """The advice itself: what follows "adviseert om", "het is zaak", "om X te bereiken, moet"."""
    for pattern in (_ADVICE_IS, _NEED_IS, _WISE, _IT_IS):
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
    return match["rest"] if match and _active(match["rest"]) != match["rest"] else text


def _without_opener(text: str) -> str:
    """Without "Daarom", "Tot slot" and the like, unless that leaves a question: "Daarom moet de gemeente ..."."""
    match = _OPENERS.match(text)
    if match is None:
        return text
    rest = text[match.end() :]
    following = tokens_of(rest.lower())[:1]
    inverted = bool(following) and (is_finite(following[0]) or following[0] in ("zijn", "worden"))
    return text if inverted and _active(rest) == rest else rest


def _active(text: str) -> str:
    """What must be done as an act: "X moet worden versterkt" -> "X versterken". Left alone where that is unsure."""
    for pattern in _PASSIVES:
        match = pattern.match(text)
        if match is None or " dat " in match["subject"] or len(match["subject"].split()) > LONGEST_SUBJECT:
            continue
        infinitive = infinitive_of_participle(match["participle"].lower())
        if infinitive:
            parts = (match["subject"], match["middle"], infinitive, match["rest"])
            return " ".join(" ".join(part.split()) for part in parts if part.strip()).replace(" ,", ",")
    return text


_TO = re.compile(
    r"(?:\b(in|op|aan|af|uit|voor|mee|toe|door|over|bij|terug|samen|vast|neer|weg|vrij|na) )?\bte (\w+en|gaan|"
    r"doen|zien|staan)\b"
)


def _drop_to(rest: str) -> str:
    """The infinitives without "te": "weg te nemen" -> "wegnemen"; those of a purpose ("om ... te") keep theirs."""
    rest = re.sub(r"^(?:ook |daarbij |hierbij |vooral )+(?=te )", "", rest.strip())
    border = re.search(r"\b(?:om|door|zonder|teneinde)\b", rest)
    head, tail = (rest[: border.start()], rest[border.start() :]) if border else (rest, "")

    def bare(match: re.Match[str]) -> str:
        particle, verb = match[1] or "", match[2]
        if particle and not is_verb(particle + verb):
            return f"{particle} {verb}"
        return particle + verb

    return _TO.sub(bare, head) + tail


def _finish(text: str) -> str:
    """A capital first, no loose end, and not longer than `LONGEST`."""
    text = text.rstrip(" .;,:-–")
    if len(text) > LONGEST:
        text = text[:LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"
    first = text[:1].upper()
    return first + text[1:] if len(first) == 1 else text
