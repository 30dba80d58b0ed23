"""Hostile looks: templates, style sheets, fonts and catalogues of a desk's own that mean harm."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from hostile.bases import Harm, put

PAGE = """{%% extends "base.html.j2" %%}{%% block title %%}x{%% endblock %%}
{%% block marking_label %%}{{ edition.marking.label }}{%% endblock %%}
{%% block body %%}<main id="main"><p class="statement">
{{ edition.sentences[0].fact.statement.best("en")[1] }}</p>
%s
</main>{%% endblock %%}
"""


def looks() -> Iterator[tuple[str, Harm]]:
    """Each by its name."""
    for name, style in STYLES.items():
        yield f"style: {name}", _put("templates/brief.css", style)
    for name, markup in TEMPLATES.items():
        yield f"template: {name}", _put("templates/brief.html.j2", PAGE % markup)
    for name, content in FONTS.items():
        yield f"font: {name}", _put("templates/fonts/Own.ttf", content)
    for name, catalogue in CATALOGUES.items():
        yield f"words: {name}", _put("locale/en.po", catalogue)
    yield "template: ring of two", _ring
    yield "template: folder that is a link to itself", _linked_round
    yield "font: link", _linked("templates/fonts/Own.ttf")
    yield "style: link", _linked("templates/brief.css")
    yield "words: link", _linked("locale/en.po")
    yield "template: pipe", lambda folder: _piped(folder / "templates" / "brief.html.j2")
    yield "font: pipe", lambda folder: _piped(folder / "templates" / "fonts" / "Own.ttf")


def _linked_round(folder: Path) -> None:
    (folder / "templates").symlink_to("templates")


STYLES: dict[str, str | bytes] = {
    "imports the outside": "@import url(../../outside.txt);",
    "imports of the web": "@import 'https://example.org/x.css';",
    "asks for a picture": "main { background: url(https://example.org/x.png) }",
    "says a picture": ".statement::after { content: url(file:///etc/passwd) }",
    "ends its element": "</style><script>alert(1)</script>",
    "ends in a string": '.x::after { content: "</style>" }',
    "open comment": "/* .statement { display: none }",
    "open string": '.x { content: "',
    "open brackets": "a{" * 20_000,
    "brackets within": ".x { width: " + "(" * 20_000,
    "selector of thousands": "a," * 6_000 + "a { color: red }",
    "selector of thousands, of no rule": ".x { " + "a," * 6_000 + "a { } ; }",
    "selector of selectors": ":is(" * 5_000,
    "rule in rule": "&:is(a,b,c) {" * 5_000,
    "variables that double": "".join(
        f"main {{ --v{number + 1}: var(--v{number}) var(--v{number}) }}\n" for number in range(30)
    )
    + "main { font-size: var(--v30) }",
    "variables in a ring": ":root { --a: var(--b); --b: var(--a); --ink: var(--a) }",
    "no UTF-8": b".x { color: red } \xff",
    "NUL": ".x { color: red\0 }",
    "turned about": ".statement { direction: rtl; unicode-bidi: bidi-override }",
    "letters by counter": ".statement::before { counter-increment: n 14; content: counter(n) }",
    "words by counter": "@counter-style x { system: fixed; symbols: 'Not so: ' }",
    "behind a layer": "@layer a { @layer b { .statement { opacity: 0 } } }",
    "on no screen": "@media not print { main { visibility: hidden } }",
    "address in escapes": "\\40 import url(https://example.org/x.css);",
    "hidden in escapes": ".statement { d\\69splay: none }",
    "letters without a fill": ".statement { -webkit-text-fill-color: transparent }",
    "skipped by the browser": ".statement { content-visibility: hidden }",
    "taken back": "main { display: none } main { display: block }",
    "first lines of no colour": "p::first-line { color: transparent }",
    "all in one cell": "main { display: grid } main > * { grid-area: 1 / 1 }",
    "font by an address": "@font-face { font-family: x; src: url(https://example.org/x.woff2) }",
    "number set by a counter": "p { counter-set: n 82 }",
    "digits without end by a counter": "p { counter-set: n " + "9" * 9_000 + " }",
    "turned by a mark": ".statement::before { content: '\\202e' }",
    "struck by a mark": ".statement::after { content: '\\338' }",
    "no colour at rest": ".statement { color: #fff } .statement:hover { color: #000 }",
    "no room": ".statement { width: 0 }",
    "column of a table": ".statement { display: table-column }",
    "size by a property": "@property --z { syntax: '<length>'; inherits: true; initial-value: 0px }"
    " .statement { font-size: var(--z) }",
    "rule for one browser": "@-moz-document url-prefix() { .statement { display: none } }",
    "marking by another name": ".x { string-set: marking 'TLP:CLEAR' }",
    "selector within itself": ":not(" * 300 + "a" + ")" * 300 + " { color: red }",
    "selectors within rules": "a {"
    + (":is(" * 9 + "&" + ")" * 9 + "{") * 9
    + "color: red"
    + "}" * 10,
    "two versions": "<<<<<<< HEAD\np { color: red }\n=======\np { color: blue }\n>>>>>>> theirs\n",
    "in UTF-16": "p { color: red }".encode("utf-16"),
    "letters of no end": ".a" * 9_000 + " { color: red }",
    "shadows without number": ".x { box-shadow: " + ", ".join(["0 0 1px red"] * 5_000) + " }",
    "columns without number": "main { display: grid; grid-template-rows: repeat(99999999, 1px) }",
    "cells without number": "main { display: grid } main > * { grid-row: span 99999999 }",
    "paper of no size": "@page { size: 0 0 }",
    "paper without end": "@page { size: 99999999mm 99999999mm }",
    "paper of less than nothing": "@page { size: -1mm -1mm }",
    "margins without end": "@page { margin: 99999px }",
    "only under a container": "@container (min-width: 1px) { .statement { opacity: 0 } }",
    "only within a scope": "@scope (main) { .statement { opacity: 0 } }",
    "only at the start": "@starting-style { .statement { opacity: 0 } }",
    "moved away in time": "@keyframes x { to { opacity: 0 } } .statement { animation: x 1s }",
    "size by a clamp": ".statement { font-size: clamp(0px, 0px, 0px) }",
    "size by a difference": ".statement { font-size: calc(1px - 1px) }",
    "hidden by what it is not": ":not(x) { opacity: 0 }",
    "hidden where something is": "body:has(p) .statement { opacity: 0 }",
    "picture of a page": "p { background: element(#main) }",
    "picture by a set": 'p { background: image-set("https://example.org/x" 1x) }',
    "mark of a list by an address": "li { list-style: url(https://example.org/x) }",
    "binding": "p { -moz-binding: url(x) }",
    "many rules": ".x > .y + .z:not(.w) { color: red }\n" * 20_000,
}

TEMPLATES = {
    "includes itself": '{% include "brief.html.j2" %}',
    "imports itself": '{% import "brief.html.j2" as x %}{{ x }}',
    "id of the page's own": "<p>x</p>\n<p id='main'>x</p>",
    "endless macro": "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "marks of a run": "{{ '::error::x' }}\x1b[31m",
    "link to a place": '<a href="&#x6a;avascript:alert(1)">x</a>',
    "word that is heard": '<p aria-label="Nobody died">x</p>',
    "part that is hidden": '<p>{{ edition.sentences[0].fact.statement.best("en")[1][:8] }}'
    '<b class="copied">{{ edition.sentences[0].fact.statement.best("en")[1][8:] }}</b></p>',
    "picture of words": '<img src="data:image/svg+xml;base64,PHN2Zy8+" alt="x">',
    "extends itself": '{% extends "brief.html.j2" %}',
    "wide format": "{{ '{:>9999999999}'.format(1) }}",
    "wide centre": "{{ 'x' | center(99999999999) }}",
    "tree in the shadow": '<div><template shadowrootmode="open">x</template></div>',
    "mathematics that lead away": '<math><mi href="javascript:alert(1)">x</mi></math>',
    "picture that sets an address": '<svg><set attributeName="href" to="javascript:1"/></svg>',
    "policy of its own": '<meta http-equiv="Content-Security-Policy" content="script-src *">',
    "style for who runs nothing": "<noscript><style>main { display: none }</style></noscript>",
    "words without an escape": "{{ edition.title.best('en')[1].__class__.__mro__ }}",
    "value by a format": "{{ '%s' | format(edition) }}",
    "value by a method": "{{ (', ' | e).join([edition]) }}",
    "list in a filter": "{{ {} | dictsort }}",
    "half a character": '{{ "\\ud800" }}',
    "asked wrongly": "{{ locale.day(1) }}",
    "screen of another size": '<meta name="viewport" content="width=9999">',
    "link out of the build": '<a href="%2e./x.html">x</a>',
    "reference to a control": "&#27b",
    "name twice": "{% macro a(x, x) %}{% endmacro %}",
    "name twice in a call": "{{ locale.day(x=1, x=1) }}",
    "loops within each other": "{% for n in [1] %}" * 30 + "{% endfor %}" * 30,
    "number of thousands of digits": f"{{{{ {'9' * 9_000} }}}}",
    "markup in a title": '<title><a title="</title><meta http-equiv=refresh'
    " content='0;url=https://example.org'>\">x</a></title>",
    "title without an end": "<title>",
    "comment in a title": "<title><!-- x --></title>",
    "title that ends at once": "<title/>",
    "comment of ours without an end": "{# x",
    "text as it is, without an end": "{% raw %} x",
    "two versions": "<<<<<<< HEAD\n<p>a</p>\n=======\n<p>b</p>\n>>>>>>> theirs",
    "macros without number": "{% macro a() %}{% endmacro %}" * 2_001,
    "calls without number": "{% macro a() %}{% endmacro %}" + "{% call a() %}{% endcall %}" * 2_000,
    "conditions in conditions": "{% if 1 %}" * 300 + "{% endif %}" * 300,
    "alternatives by the thousand": "{% if 0 %}" + "{% elif 0 %}" * 3_000 + "{% endif %}",
    "arguments by the thousand": "{{ locale.day(*range(100000)) }}",
    "power of a power": "{{ 9**9**9 }}",
    "words by the billion": "{{ 'a' * 10**10 }}",
    "list by the billion": "{{ [1] * 10**9 }}",
    "parts of nothing": "{{ [1] | batch(0) | list }}",
    "sorted against each other": "{{ [1, 'a'] | sort }}",
    "divided by nothing": "{{ 1 is divisibleby(0) }}",
    "steps of nothing": "{{ 'abc'[::0] }}",
    "asked of itself": "{{ self._TemplateReference__context }}",
    "attribute with an end": "{{ {'a onclick': '1'} | xmlattr }}",
    "attribute that runs": "{{ {'onclick': '1'} | xmlattr }}",
    "includes what is above": '{% include "../../outside.txt" %}',
    "includes the machine": '{% include "/etc/passwd" %}',
    "includes none": "{% include none %}",
    "includes a folder": '{% include "fonts" %}',
    "extends by chance": '{% extends "index.html.j2" %}',
    "blocks of one name": "{% block a %}{% endblock %}{% block a %}{% endblock %}",
    "block within itself": "{% block a %}{{ self.a() }}{% endblock %}",
    "macros of each other": "{% macro a() %}{{ b() }}{% endmacro %}{% macro b() %}{{ a() }}"
    "{% endmacro %}{{ a() }}",
    "name of another script": "{{ \u0435dition }}",
    "name turned about": "{% set \u202e = 1 %}",
    "lines that are none": "{{ 1 }}\u2028{{ nope }}",
    "lines of old": "{{ 1 }}\r{{ nope }}",
    "tag in capitals": "<ScRiPt>1</sCrIpT>",
    "tag of two lines": "<script\n>1</script>",
    "sheet of another": "<style>@import url(https://example.org/x)</style>",
    "style of its own": '<p style="width: expression(alert(1))">x</p>',
    "words that can be written over": "<p contenteditable>x</p>",
    "words over others": "<dialog open>x</dialog>",
    "words that pop up": "<p popover>x</p>",
    "words laid aside": "<div inert>x</div>",
    "words as they are": "<plaintext>x",
    "words of old": "<xmp><script>1</script></xmp>",
    "comment for one browser": "<!--[if IE]><script>1</script><![endif]-->",
    "comment that ends oddly": "<!-- --!><script>1</script>",
    "part of another markup": '<math><annotation-xml encoding="text/html"><script>1</script>'
    "</annotation-xml></math>",
    "picture that is a page": "<svg><foreignObject><iframe src=x></iframe></foreignObject></svg>",
    "picture that begins something": "<svg><animate onbegin=1 attributeName=x /></svg>",
    "address of two letters": '<a href="vbscript:1">x</a>',
    "address of a letter that is none": '<a href="java\tscript:1">x</a>',
    "link that tells others": '<a href="https://example.org" ping="https://example.org/y">x</a>',
    "link that loads before": '<link rel="preload" href="x" as="script">',
    "link that looks a name up": '<link rel="dns-prefetch" href="//example.org">',
    "picture of many addresses": '<picture><source srcset="https://example.org/x"></picture>',
    "body that runs": "<body onload=1>",
    "elements within each other": "<b>" * 1_000 + "x",
    "attributes without number": "<p " + " ".join(f"data-a{n}=1" for n in range(2_000)) + ">x</p>",
    "ids without end": "{% for i in range(20000) %}<i id='s1'></i>{% endfor %}",
}

FONTS: dict[str, bytes] = {
    "empty": b"",
    "broken": b"\0\1\0\0" + b"\xff" * 500,
    "text": b"not a font",
    "many tables": b"\0\1\0\0\xff\xff" + b"\0" * 6 + b"cmap\0\0\0\0\xff\xff\xff\xff\0\0\0\1" * 999,
    "page": b"<!DOCTYPE html><script>alert(1)</script>",
    "pictures": b"\0\1\0\0\0\2" + b"\0" * 6 + b"CBDT\0\0\0\0\0\0\0\x2c\0\0\0\4"
    b"cmap\0\0\0\0\0\0\0\x2c\0\0\0\4" + bytes(8),
}

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
CATALOGUES: dict[str, str | bytes] = {
    "markup": HEAD + 'msgid "Sources"\nmsgstr "<script>alert(1)</script>"\n',
    "format": HEAD + 'msgid "Sources"\nmsgstr "%(edition)s %s {0.__class__}"\n',
    "turned": HEAD + 'msgid "Sources"\nmsgstr "\u202esecruoS"\n',
    "escape": HEAD + 'msgid "Sources"\nmsgstr "\\u001b[31m"\n',
    "no catalogue": "\0\0\0",
    "no UTF-8": b'msgid "Sources"\nmsgstr "\xff"\n',
    "plural without end": HEAD.replace("\\n", "\\nPlural-Forms: nplurals=99999999; plural=n;\\n"),
    "line without an end": HEAD + 'msgid "Sources\nmsgstr "x"\n',
    "escape of a terminal": HEAD + 'msgid "Sources"\nmsgstr "\\x1b[31m"\n',
    "two versions": f"<<<<<<< HEAD\n{HEAD}=======\n>>>>>>> theirs\n",
    "twice": HEAD + 'msgid "Sources"\nmsgstr "a"\n\nmsgid "Sources"\nmsgstr "b"\n',
    "letters of no such name": HEAD.replace("UTF-8", "zlib") + 'msgid "Sources"\nmsgstr "x"\n',
    "form of no such number": HEAD + 'msgid "a"\nmsgid_plural "b"\nmsgstr[9999999] "x"\n',
    "form below nothing": HEAD + 'msgid "a"\nmsgid_plural "b"\nmsgstr[-1] "x"\n',
    "plural by nothing": HEAD.replace("\\n", "\\nPlural-Forms: nplurals=2; plural=n%0;\\n"),
    "plural in brackets": HEAD.replace(
        "\\n", f"\\nPlural-Forms: nplurals=2; plural={'(' * 900}n{')' * 900};\\n"
    ),
    "text without end": HEAD + f'msgid "Sources"\nmsgstr "{"x" * 1_000_000}"\n',
    "lines without number": HEAD + 'msgid "Sources"\nmsgstr ""\n' + '"x"\n' * 50_000,
    "marks heaped": HEAD + f'msgid "Sources"\nmsgstr "e{chr(0x301) * 99}"\n',
    "lines of old": HEAD.replace("\n", "\r"),
    "pressed": b"\xde\x12\x04\x95" + bytes(99),
    "of another kind": '{"Sources": "x"}',
    "many that nobody asks for": HEAD
    + "".join(f'msgid "no {number}"\nmsgstr "x"\n\n' for number in range(20_000)),
    "plural that runs": HEAD.replace(
        "\\n", "\\nPlural-Forms: nplurals=2; plural=__import__('os').system('id');\\n"
    ),
}


def _put(path: str, content: str | bytes) -> Harm:
    return lambda folder: put(folder, content, path)


def _linked(path: str) -> Harm:
    def harm(folder: Path) -> None:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).symlink_to(folder.parent / "outside.txt")

    return harm


def _ring(folder: Path) -> None:
    _put("templates/brief.html.j2", '{% include "own.html.j2" %}')(folder)
    _put("templates/own.html.j2", '{% include "brief.html.j2" %}')(folder)


def _piped(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
