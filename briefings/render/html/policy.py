"""What a finished page may hold, whatever a desk's own template put into it: a list, and a parser.

The page is read as every browser reads it: where browsers and this parser might differ, as in a tag
that is cut short or a comment that holds one, it is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from html.parser import HTMLParser

from briefings.core.addresses import is_of_web
from briefings.core.characters import C0, C1, NEL, OVERRIDES
from briefings.core.overriding import override
from briefings.core.values import dataclass

_FIGURES = "circle desc ellipse g line path polygon polyline rect svg text tspan"
_PLAIN = (
    "abbr address article aside b bdi blockquote body br caption cite code col colgroup data dd"
    " del dfn dialog div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 head header hgroup hr"
    " html i ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strong sub"
    " summary sup table tbody td template tfoot th thead title tr u ul var wbr"
)
_PAINT = (
    "cx cy d dominant-baseline dx dy fill fill-opacity fill-rule font-size font-weight height"
    " opacity points preserveaspectratio r rx ry stroke stroke-dasharray stroke-linecap"
    " stroke-linejoin stroke-opacity stroke-width text-anchor transform viewbox width x x1 x2 xmlns"
    " y y1 y2"
)
_PAINTED = frozenset(_PAINT.split())
_COMMON = frozenset({"class", "dir", "id", "lang", "role", "tabindex", "title", "translate"})
_ALLOWED = {
    name: frozenset(attributes.split())
    for name, attributes in {
        **dict.fromkeys(_PLAIN.split(), ""),
        **dict.fromkeys(_FIGURES.split(), _PAINT),
        "a": "download href hreflang rel target type",
        "blockquote": "cite",
        "button": "hidden type",
        "col": "span",
        "colgroup": "span",
        "data": "value",
        "del": "datetime",
        "details": "open",
        "form": "",
        "img": "alt height src width",
        "input": "autocomplete enterkeyhint name type",
        "ins": "datetime",
        "label": "for",
        "li": "value",
        "link": "href hreflang rel type",
        "meta": "charset content http-equiv name property",
        "ol": "reversed start type",
        "option": "selected value",
        "q": "cite",
        "script": "type",
        "select": "name",
        "style": "",
        "td": "colspan headers rowspan",
        "th": "abbr colspan headers rowspan scope",
        "time": "datetime",
    }.items()
}
_WIDE = re.compile(r"(?:aria|data)-[a-z][a-z0-9-]*")

_VALUES = {
    ("button", "type"): ("button",),
    ("input", "type"): ("search",),
    ("link", "rel"): ("alternate", "author", "canonical", "icon", "license"),
    ("meta", "charset"): ("utf-8",),
    ("script", "type"): ("application/json",),
}
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_SCHEMES = frozenset({"https", "http", "mailto"})
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_STEP = re.compile("%2e", re.IGNORECASE)  # a dot of a path, says WHATWG URL
_IGNORED_IN_ADDRESSES = {ord(char): None for char in "\t\n\r"}  # by browsers, says WHATWG URL
_TRIMMED = "".join(map(chr, range(0x21)))

# What each parser takes for the same start tag, with the same attributes.
_PLAIN_TAG = re.compile(
    r"<[a-z][a-z0-9]*(?:\s+[a-z_][\w:.-]*+(?:\s*+=\s*+(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>`]++))?+)*+"
    r"\s*+/?>",
    re.IGNORECASE | re.ASCII,
)
_CUT_TAG = re.compile("<[a-z/!?]", re.IGNORECASE)

_TURNED = re.compile(f"[{OVERRIDES}]")
_CONTROL = re.compile(f"(?!\f)[{C0}{C1}{NEL}]")
_TURNS = "holds U+{:04X}, by which a figure prints backwards"
_REFERENCE = re.compile(
    "&#(?:x0*([0-9a-f]{1,2})(?![0-9a-f])|0*([0-9]{1,3})(?![0-9]))", re.IGNORECASE
)
"""To a control character, which the parser leaves out; browsers do not."""
_CONTROLS = "holds U+{:04X}, a control character"

_VIEWPORT = {"width=device-width", "initial-scale=1", "initial-scale=1.0", "viewport-fit=cover"}
_BEFORE_POLICY = ("html", "head", "meta")
_REQUIRED = {"default-src": {"'none'"}, "base-uri": {"'none'"}, "form-action": {"'none'"}}


@dataclass(frozen=True, slots=True)
class Policy:
    """What one page may run and show besides its list of elements.

    `style`, `script` and `data` are the contents of the only elements that hold such; an empty one
    may not be there. `directives` maps each directive of a screen's Content-Security-Policy to the
    sources that it may name; paper has none. Of so many folders `up` from its own does the folder
    that is published with it begin: no link leads out of that.
    """

    style: str
    script: str
    data: str
    directives: dict[str, set[str]] | None
    up: int = 0


class Forbidden(Exception):
    """The page holds what no page may: `str` says what, as a clause whose subject is the page.

    `sought` are texts by which the place in a template may be found, the surest first.
    """

    def __init__(self, message: str, *sought: str) -> None:
        super().__init__(message)
        self.sought = sought


def require_allowed(page: str, policy: Policy) -> None:
    """Read a finished page to its end.

    Raises:
        Forbidden: It holds what is not on the list, or lacks its policy.
    """
    _require_no_reference(page)
    reader = _Reader(policy)
    reader.feed(page)
    reader.close()
    reader.end()


class _Reader(HTMLParser):
    """Refuses the first thing that may not be there."""

    def __init__(self, policy: Policy) -> None:
        # References stay as they are, so that a `<` in a text is one of the page's own.
        super().__init__(convert_charrefs=False)
        self.policy = policy
        self._ids: set[str] = set()
        self._title: str | None = None
        self._is_open_to_policy = policy.directives is not None
        self._has_policy = policy.directives is None
        self._may_be_whole: str | None = None
        self._whole: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = self.get_starttag_text() or ""
        sought = (written, f"<{tag}")
        self._require_no_title(written)
        if tag == "title":
            self._title = written
        if not _PLAIN_TAG.fullmatch(written):
            raise Forbidden(f"holds a tag `{tag}` that is not written plainly", *sought)
        if tag not in _ALLOWED:
            raise Forbidden(f"holds an element `{tag}`", *sought)
        if tag == "img" and self.policy.directives is None:
            raise Forbidden("holds an element `img`: paper shows pictures as `svg`", *sought)
        if len({name for name, _ in attrs}) < len(attrs):
            raise Forbidden(f"holds an element `{tag}` that has an attribute twice", *sought)
        values = {name: value or "" for name, value in attrs}
        for name, value in values.items():
            _require_ruly(value, written, f" {name}=")
            sought_there = (written, f" {name}=", f" {name}", f"<{tag}")
            _require_attribute(tag, name, value, sought_there, self.policy.up)
        # A browser fetches an icon of itself, so it has to be there already.
        if values.get("rel", "").lower() == "icon" and not _is_picture(tag, values.get("href", "")):
            raise Forbidden("holds an icon that is not in the page itself", *sought)
        if "id" in values:
            if values["id"] in self._ids:
                wanted = (f"id={mark}{values['id']}{mark}" for mark in ('"', "'", ""))
                raise Forbidden(
                    f"holds the id `{values['id'][:80]}` twice", written, *wanted, *sought
                )
            self._ids.add(values["id"])
        if tag == "meta":
            self._read_meta(values, sought)
        elif tag not in _BEFORE_POLICY:
            self._is_open_to_policy = False
        if tag == "form" and values.get("role") != "search":
            raise Forbidden("holds a form that sends something", *sought)
        if tag in ("script", "style"):
            self._may_be_whole = self._expected(tag, values)
            self._whole = [written]

    @override
    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # To a browser `<script/>` is open; to this parser what follows would be text.
        self.handle_starttag(tag, attrs)
        if tag in ("script", "style", "title"):
            raise Forbidden(f"holds a `{tag}` without an end", f"<{tag}")

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag == "title":
            self._title = None
        self._require_no_title(f"</{tag}")
        if self._may_be_whole is None:
            return
        written, *parts = self._whole
        content = "".join(parts)
        if not self._may_be_whole or content.strip() != self._may_be_whole:
            begins = content.strip().split("\n")[0]
            raise Forbidden(f"holds a `{tag}` of its own", written + content, begins, f"<{tag}")
        self._may_be_whole = None

    @override
    def handle_data(self, data: str) -> None:
        if self._may_be_whole is not None:
            self._whole.append(data)
            return
        if data.strip():
            self._is_open_to_policy = False
        _require_ruly(data)
        if cut := _CUT_TAG.search(data):
            raise Forbidden("holds a tag that is cut short", data[cut.start() :][:40], cut.group())

    @override
    def handle_entityref(self, name: str) -> None:
        del name
        self._is_open_to_policy = False

    @override
    def handle_charref(self, name: str) -> None:
        self._is_open_to_policy = False
        _require_ruly(unescape(f"&#{name};"), f"&#{name}")

    @override
    def handle_comment(self, data: str) -> None:
        self._require_no_title(f"<!--{data}")
        if "<" in data or ">" in data or "--" in data:
            raise Forbidden("holds a comment with markup in it", f"<!--{data}", "<!--")

    @override
    def handle_decl(self, decl: str) -> None:
        if decl.lower() != "doctype html":
            raise Forbidden("holds a declaration other than `<!DOCTYPE html>`", f"<!{decl}", "<!")

    @override
    def handle_pi(self, data: str) -> None:
        raise Forbidden("holds a processing instruction", f"<?{data}", "<?")

    @override
    def unknown_decl(self, data: str) -> None:
        raise Forbidden("holds a declaration other than `<!DOCTYPE html>`", f"<![{data}", "<![")

    def _require_no_title(self, *sought: str) -> None:
        """Refuse markup in a title: to a browser all in it is text, up to its end."""
        if self._title is not None:
            message = "holds a `title` with markup in it, or without an end"
            raise Forbidden(message, self._title, *sought)

    def end(self) -> None:
        """Refuse a page that has come to its end without what has to be there."""
        self._require_no_title()
        if self._may_be_whole is not None:
            raise Forbidden("holds a script or style without an end", self._whole[0])
        if not self._has_policy:
            raise Forbidden(
                "lacks its Content-Security-Policy at the beginning of its head",
                "Content-Security-Policy",
                "<head",
                "<html",
            )

    def _expected(self, tag: str, values: dict[str, str]) -> str:
        if tag == "style":
            return self.policy.style
        return self.policy.data if "type" in values else self.policy.script

    def _read_meta(self, values: dict[str, str], sought: tuple[str, ...]) -> None:
        if values.get("name", "").lower() == "referrer" and values.get("content") != "no-referrer":
            raise Forbidden("tells other sites where its readers come from", *sought)
        if values.get("name", "").lower() == "viewport" and not _is_legible(values):
            raise Forbidden("is made another size than its reader's screen", *sought)
        if "http-equiv" not in values:
            self._is_open_to_policy &= "charset" in values
            return
        if values["http-equiv"].lower() != "content-security-policy":
            raise Forbidden(f"holds a `meta` with http-equiv `{values['http-equiv']}`", *sought)
        if not self._is_open_to_policy:
            raise Forbidden("holds a policy that is not the first in its head", *sought)
        assert self.policy.directives is not None
        _require_strict(values.get("content", ""), self.policy.directives, sought)
        self._is_open_to_policy, self._has_policy = False, True


def _is_legible(viewport: Mapping[str, str]) -> bool:
    settings = {each.strip() for each in viewport.get("content", "").lower().split(",")}
    return settings <= _VIEWPORT


def _require_ruly(text: str, *sought: str) -> None:
    """Refuse a text that gives orders to the screen, or to what prints the page."""
    for pattern, says in ((_TURNED, _TURNS), (_CONTROL, _CONTROLS)):
        if found := pattern.search(text):
            raise Forbidden(says.format(ord(found.group())), *sought, found.group())


def _require_no_reference(text: str) -> None:
    """Refuse a reference to a control character; those of 128 to 159 are letters to browsers."""
    for found in _REFERENCE.finditer(text):
        code = int(found[1], 16) if found[1] else int(found[2])
        if code < 0x80:
            _require_ruly(chr(code), found.group())


def _require_attribute(tag: str, name: str, value: str, sought: tuple[str, ...], up: int) -> None:
    if name not in _ALLOWED[tag] and name not in _COMMON and not _WIDE.fullmatch(name):
        raise Forbidden(f"holds an element `{tag}` with an attribute `{name}`", *sought)
    known = _VALUES.get((tag, name))
    if known is not None and value.lower() not in known:
        raise Forbidden(f"holds an element `{tag}` whose {name} is `{value}`", *sought)
    # Paint may name an address too, as a style does: `fill="url(…)"`.
    is_styled = name in _PAINTED and ("url" in value.lower() or "\\" in value)
    if (
        is_styled
        or (
            name in ("cite", "href")
            and not (_leads_where_it_may(value, up) or _is_picture(tag, value))
        )
        or (name == "src" and not _PICTURE.fullmatch(value))
    ):
        raise Forbidden(f"holds an element `{tag}` with the address `{value[:80]}`", *sought)


def _is_picture(tag: str, address: str) -> bool:
    """Whether a link has a picture in place of an address, as that to an icon has."""
    return tag == "link" and _PICTURE.fullmatch(address) is not None


def _leads_where_it_may(address: str, up: int) -> bool:
    """Whether it is one of the web, of a letter, of the page itself or of a file beside it."""
    plain = address.translate(_IGNORED_IN_ADDRESSES).strip(_TRIMMED)
    scheme = _SCHEME.match(plain)
    if scheme is not None:
        name = scheme[1].lower()
        return name in _SCHEMES and (name == "mailto" or is_of_web(plain))
    if plain.startswith("/") or "\\" in plain:
        return False
    depth = 0
    for step in _STEP.sub(".", re.split("[?#]", plain)[0]).split("/"):
        depth += -1 if step == ".." else step not in ("", ".")
        if depth < -up:
            return False
    return True


def _require_strict(content: str, may: dict[str, set[str]], sought: tuple[str, ...]) -> None:
    """Refuse a policy that lets in more than the page's own, or leaves out what nothing implies."""
    directives: dict[str, set[str]] = {}
    for directive in filter(None, map(str.split, content.split(";"))):
        name = directive[0].lower()
        if name in directives or not set(directive[1:]) <= may.get(name, set()):
            raise Forbidden(f"holds a policy whose {name} is not the page's own", *sought)
        directives[name] = set(directive[1:])
    for name, sources in _REQUIRED.items():
        if directives.get(name) != sources:
            raise Forbidden(f"holds a policy without {name} 'none'", *sought)
