"""Lines that stand on a page but are not the article: menus, related lists, cookie text, share buttons, notices.

Rules on one line of text, used for pages and for text pasted from pages alike. A line is furniture only where all of it
is; running text that mentions a menu or a cookie stays.
"""

from __future__ import annotations

import re

from corpus.dates import Moment, read_moment

# Lines that are furniture word for word (case, bullets and closing punctuation aside).
_WHOLE = frozenset(
    line.strip()
    for line in """
    fbpx | meny | menu | søk | search | annonse | annonsørinnhold | annonsørinnhald | reklame | advertisement
    del | del saken | del saka | del artikkelen | del denne | del på facebook | del på linkedin | del på x | share
    facebook | twitter | linkedin | instagram | e-post | kopier lenke | kopier lenkje | skriv ut | print
    hopp til innhold | hopp til innhald | hopp til hovedinnhold | hopp til hovudinnhald | gå til hovedinnhold
    gå til innhold | skip to content | skip to main content | til toppen | tilbake til toppen | til topps
    logg inn | logg ut | log in | abonner | bli abonnent | nyhetsbrev | nyheitsbrev | newsletter | tips oss
    lytt til artikkelen | lytt til saken | kommentarer | kommentarar | legg igjen en kommentar | les mer | les meir
    read more | se flere | sjå fleire | lukk | close | forrige | neste | førre | tilbake | stikkord
    personvern | personvernerklæring | informasjonskapsler | cookies | cookie settings | privacy policy
    godta alle | godta | avvis alle | aksepter | aksepter alle | accept all | reject all | administrer samtykke
    """.replace("\n", "|").split("|")
    if line.strip()
)

_PATTERNS = re.compile(
    r"""
    powered\ by\ \S.{0,60}
  | (?:more|flere|fleire)\ (?:news|articles|stories|saker|nyheter|nyheiter|artikler|artiklar)
        \ (?:on|from|about|om|fra|frå|på|hos|i)\ .{1,80}
  | (?:les|sjå|se|read)\ (?:også|mer|meir|also|more)\b.{0,30}:.{1,200}
  | (?:relatert|relaterte\ saker|mer\ om\ saken|meir\ om\ saka)\s*:.{1,200}
  | (?:vi|me|nettstedet|nettstaden|nettsiden|nettsida|(?:dette|denne)\ \w+|we|this\ (?:web)?site|our\ (?:web)?site)
        \ (?:bruker|brukar|benytter|nyttar|uses?)\ (?:\w+\ ){0,3}(?:cookies|informasjonskaps).{0,400}
  | ved\ å\ (?:bruke|fortsette|halde\ fram|klikke|besøke)
        \ .{0,80}(?:cookies|informasjonskaps|samtykker|godtar|godtek).{0,300}
  | (?:godta|aksepter|tillat|avvis|godkjenn|accept|reject)\ .{0,30}(?:cookies|informasjonskaps\w+)
  | (?:meld\ deg\ på|få|abonner\ på|motta|registrer\ deg|sign\ up|subscribe)
        \ .{0,60}(?:nyhetsbrev|nyheitsbrev|newsletter).{0,120}
  | (?:©|copyright\b|\(c\)\ ).{0,120}
  | (?:du\ er\ her|you\ are\ here)\s*:.{0,200}
    """,
    re.VERBOSE,
)

# A notice about the page itself, such as that it is a made-up sample, is no part of what the page tells.
_NOTICE = re.compile(
    r"(?:(?:denne|dette|alt|alle|this|everything|all)\b.{0,80}|(?:et|eit|ein|en|an?)\s)?"
    r"(?:oppdikt|fiktiv|made[- ]up|fictitious|fictional).{0,80}"
    r"(?:eksempel|demo|sample|nettside|nettsted|nettstad|side[nr]?\b|sida\b|sider\b|page|website).{0,250}"
    r"|(?:denne|dette|this)\s(?:nett)?(?:side|sida|siden|stedet|staden|saken|saka|artikkelen|page|article|site)\b.{0,80}"
    r"(?:oppdikt|fiktiv|made[- ]up|fictitious|fictional).{0,250}"
)

_RELATED = frozenset(
    line.strip()
    for line in """
    les også | les og | les òg | les mer om | les meir om | les mer | les meir | se også | sjå også | mer om
    mer om saken | meir om saka
    relatert | relatert innhold | relatert innhald | relaterte saker | relaterte artikler | relaterte artiklar
    relaterte nyheter | relaterte nyheiter | flere saker | flere artikler | flere nyheter | fleire saker
    fleire artiklar | fleire nyheiter | andre saker | andre artikler | siste saker | siste nytt | siste nyheter
    siste nyheiter | nyeste saker | nyeste artikler | mest lest | mest lese | mest leste | mest leste saker
    anbefalte artikler | anbefalt for deg | anbefalte saker | anbefalt | andre leste også | aktuelle saker
    lignende artikler | liknande artiklar | lignende saker | du vil kanskje like | du vil kanskje også like
    more articles | more news | more stories | related | related articles | related stories | related posts
    related content | latest news | you may also like | read also | see also
    recommended | most read
    """.replace("\n", "|").split("|")
    if line.strip()
)

_CHANGED = r"sist\ oppdatert|sist\ endr[ea]t?|oppdatert|endr[ea]t?|last\ (?:updated|modified|changed)|updated|modified"
_PUBLISHED = r"(?:først|fyrst)\ publisert|publisert|publiseringsdato|lagt\ ut|published|posted"
_DATELINE = re.compile(
    rf"(?:^|[|·•]\s*)(?:(?P<changed>{_CHANGED})|(?P<published>{_PUBLISHED}))\b\s*(?:on\b|den\b)?\s*[:\-–|]?\s*",
    re.IGNORECASE,
)
_WITHIN_DATELINE = re.compile(rf"\b(?:{_CHANGED})\b", re.IGNORECASE)

_DATE_WORDS = frozenset({
    "kl", "klokka", "klokken", "den", "cet", "cest", "utc", "mandag", "tirsdag", "onsdag", "torsdag", "fredag",
    "lørdag", "søndag", "måndag", "tysdag", "laurdag", "sundag",
})  # fmt: skip
_NAME = r"[A-ZÆØÅ][\w'’.-]*(?:\s(?:[A-ZÆØÅ][\w'’.-]*|van|von|de|der|den|af|av)){1,4}"
_BYLINE = re.compile(
    rf"(?i:(?:publisert |lagt ut |skrevet |skriven )?av|(?:posted |written )?by|tekst(?: og foto)?|journalist)"
    rf"\b\s*:?\s+"
    rf"(?P<names>{_NAME}(?:(?:\s*,\s*|\s+(?:og|and|&)\s+|\s*/\s*){_NAME}){{0,4}})"
    rf"(?P<rest>\s*(?:$|[,(|·•–]|\d|(?i:publisert|oppdatert|{'|'.join(sorted(_DATE_WORDS))})\b).{{0,80}})?$"
)
_BETWEEN_NAMES = re.compile(r"\s*,\s*|\s+(?:og|and|&)\s+|\s*/\s*")
_BULLET = re.compile(r"^[\s•·▪◦‣*>»|–-]+(?=\w|©)")


def is_furniture(line: str) -> bool:
    """Whether a whole line is something of the page and not of the article. Dates and bylines are not meant here."""
    folded = _folded(line)
    if folded in _WHOLE or folded in _RELATED:
        return True
    return bool(_PATTERNS.fullmatch(folded) or _NOTICE.fullmatch(folded))


def is_related_heading(line: str) -> bool:
    """Whether a line is the heading of a list of other articles (``Les også``, ``More articles``)."""
    return _folded(line) in _RELATED


def read_dateline(line: str) -> tuple[Moment | None, Moment | None] | None:
    """Publication and change as a line like ``Publisert 24.04.2024 08:12. Oppdatert 25.04.2024`` gives them.

    ``None`` when the line is no such line; a bare ``Publisert`` is one, and gives nothing.
    """
    line = _BULLET.sub("", line.strip())
    cue = _DATELINE.search(line)
    if cue is None or len(line) > 160:
        return None
    rest = line[cue.end() :]
    if not any(character.isalnum() for character in rest):
        return (None, None)
    if cue["changed"]:
        changed = read_moment(rest[:80])
        return (None, changed) if changed else None
    also = _WITHIN_DATELINE.search(rest)
    published = read_moment(rest[: also.start()] if also else rest[:80])
    changed = read_moment(rest[also.end() :]) if also else None
    return (published, changed) if published or changed else None


def is_bare_date(line: str) -> bool:
    """Whether a line holds a date, perhaps with weekday and time of day, and no other words."""
    if len(line) > 50 or read_moment(line) is None:
        return False
    return len([word for word in re.findall(r"[^\W\d_]{2,}", line) if word.casefold() not in _DATE_WORDS]) <= 1


def read_byline(line: str) -> tuple[str, ...]:
    """The names in a line that is a byline (``Av Kari Eksempel og Ola Prøve``); nothing for any other line."""
    found = _BYLINE.match(line) if len(line) <= 150 and not line.endswith((".", "!", "?", ":")) else None
    return tuple(_BETWEEN_NAMES.split(found["names"])) if found else ()


def _folded(line: str) -> str:
    return _BULLET.sub("", line.casefold().strip()).rstrip(" :.!…›»→>")
