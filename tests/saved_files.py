"""Files as analysts save them, made for the tests: each with what must be kept of it, and lost."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from email.message import EmailMessage

import pikepdf

WORDS = {
    "en": "The harbour board said on Monday that the ferry to Vell will not sail for two weeks.",
    "fa": "هیئت بندر روز دوشنبه گفت که کشتی ول دو هفته حرکت نمی‌کند و مردم می‌توانند با اتوبوس بروند.",
    "ps": "د بندر بورډ د دوشنبې په ورځ وویل چې کښتۍ به دوه اوونۍ نه ځي او خلک باید په بس کې لاړ شي.",
    "ar": "قال مجلس الميناء يوم الاثنين إن العبّارة إلى فيل لن تبحر لمدة أسبوعين بسبب عطل في المحرك.",
    "ru": "Совет порта сообщил в понедельник, что паром в Велл не будет ходить две недели из-за мотора.",
    "fr": "Le conseil du port a déclaré lundi que le bac pour Vell ne partira pas pendant deux semaines.",
    "de": "Der Hafenrat teilte am Montag mit, dass die Fähre nach Vell zwei Wochen lang nicht fährt.",
    "es": "La junta del puerto dijo el lunes que el transbordador a Vell no zarpará durante dos semanas.",
    "tr": "Liman kurulu pazartesi günü Vell feribotunun iki hafta boyunca sefer yapmayacağını söyledi.",
    "zh": "港口委员会星期一表示，开往韦尔的渡轮因发动机故障将停航两周，乘客可以改乘公共汽车前往。",
    "ja": "港湾委員会は月曜日、ベル行きの渡し船がエンジンの故障のため二週間運航しないと発表しました。",
}
MORE = {
    "en": "“We regret this,” said Ana Mora, who heads the board; 1,200 people cross on each day.",
    "fa": "آنا مورا، رئیس هیئت، گفت: «از این بابت متأسفیم.» هر روز ۱٬۲۰۰ نفر از این راه می‌گذرند.",
    "ps": "انا مورا چې د بورډ مشره ده وویل چې دوی بخښنه غواړي او هره ورځ زر تنه له دې لارې تېرېږي.",
    "ar": "وقالت آنا مورا التي ترأس المجلس إنها تأسف لذلك، وإن ألف شخص يعبرون كل يوم على متنها.",
    "ru": "«Мы сожалеем об этом», — сказала глава совета Ана Мора; каждый день ездят 1200 человек.",
    "fr": "« Nous le regrettons », a dit Ana Mora, qui le préside ; 1 200 personnes traversent par jour.",
    "de": "„Wir bedauern das“, sagte Ana Mora, die den Rat leitet; täglich fahren 1.200 Menschen mit.",
    "es": "«Lo lamentamos», dijo Ana Mora, que preside la junta; cada día cruzan 1.200 personas en él.",
    "tr": "Kurula başkanlık eden Ana Mora “Üzgünüz” dedi; her gün 1.200 kişi bu yoldan geçiyor diyor.",
    "zh": "委员会主席安娜·莫拉说：“我们对此感到遗憾。”每天有一千二百人乘坐这班渡轮往返两地之间。",
    "ja": "委員長のアナ・モラ氏は「遺憾に思います」と述べました。毎日千二百人がこの船を利用しています。",
}
NOISE = ("Subscribe now", "Accept all cookies", "Most read", "All rights reserved")


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file: what its text must hold and must not, and what it says of itself."""

    name: str
    content: bytes
    keeps: Sequence[str]
    loses: Sequence[str] = ()
    title: str = ""
    publisher: str = ""
    published: str = ""
    language: str = ""
    url: str = ""
    guessed: frozenset[str] | None = None
    mended: Sequence[str] = ()


def news(language: str, head: str = "", body: str = "") -> str:
    """A page of a news site: menu, banner, teasers and foot around an article."""
    article = body or f"<p>{WORDS[language]}</p><p>{MORE[language]}</p>"
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">'
        f"<title>Ferry | Harbour Post</title>{head}</head><body>"
        '<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul>'
        f'</nav><div id="cookie-consent" class="cookie-banner"><p>{NOISE[1]}</p></div>'
        f"<article><h1>Ferry 12</h1>{article}</article>"
        f'<aside class="sidebar"><h3>{NOISE[2]}</h3><ul><li><a href="/a">Other</a></li></ul>'
        f'<div class="newsletter"><a href="/s">{NOISE[0]}</a></div></aside>'
        f"<footer>{NOISE[3]}</footer></body></html>"
    )


META = (
    '<meta property="og:site_name" content="Harbour Post">'
    '<meta property="og:title" content="Ferry stops">'
    '<meta property="article:published_time" content="2031-05-17T23:30:00+05:00">'
    '<link rel="canonical" href="https://post.example/ferry">'
)
LINKED = (
    '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Ferry'
    ' stops", "datePublished": "2031-05-17", "author": [{"name": "Ana"}, {"name": "Bo"}],'
    ' "publisher": {"name": "Harbour Post"}}]}</script>'
)


def pages() -> Iterable[SavedFile]:
    """Web pages of news sites in eleven languages, of governments, and in old encodings."""
    for language, words in WORDS.items():
        yield SavedFile(
            f"{language}.html",
            news(language, META).encode(),
            [words, MORE[language]],
            NOISE,
            title="Ferry stops",
            publisher="Harbour Post",
            published="2031-05-17",
            language=language,
            url="https://post.example/ferry",
            guessed=frozenset(),
        )
    yield SavedFile(
        "linked.html",
        news("en", LINKED).encode(),
        [WORDS["en"]],
        NOISE,
        title="Ferry stops",
        publisher="Harbour Post",
        published="2031-05-17",
        guessed=frozenset(),
    )
    yield SavedFile(
        "utf-16.html",
        news("de", META).replace("utf-8", "utf-16").encode("utf-16"),
        [WORDS["de"]],
        NOISE,
        published="2031-05-17",
    )
    for language, encoding in (("ru", "windows-1251"), ("fr", "iso-8859-1"), ("ja", "shift_jis")):
        text = news(language, META).replace("utf-8", encoding)
        yield SavedFile(
            f"{encoding}.html",
            text.encode(encoding.replace("iso-8859-1", "cp1252"), "xmlcharrefreplace"),
            [WORDS[language]],
            NOISE,
            language=language,
            guessed=frozenset(),
        )
    bare = news("en").replace(' lang="en"', "")
    yield SavedFile(
        "bare.html",
        bare.encode(),
        [WORDS["en"]],
        NOISE,
        language="en",
        guessed=frozenset({"language"}),
    )
    yield SavedFile(
        "template.html",
        news("fa", META).replace('lang="fa"', 'lang="en-US"').encode(),
        [WORDS["fa"]],
        NOISE,
        language="fa",
        guessed=frozenset({"language"}),
    )
    words = WORDS["fa"].replace("\u200c", "&zwnj;").replace("دو هفته", "دو&nbsp;هفته")
    yield SavedFile(
        "entities.html",
        news("fa", META, f"<p>{words}</p><p>{MORE['fa']}</p>").encode(),
        [WORDS["fa"].replace("دو هفته", "دو\u00a0هفته")],
    )
    broken = WORDS["en"].replace("harbour", "har&shy;bour").replace("ferry", "\ufb01ferry")
    yield SavedFile(
        "soft.html",
        news("en", META, f"<p>{broken}</p><p>{MORE['en']}</p>").encode(),
        ["The harbour board said", "the fiferry to Vell"],
        ["\u00ad", "\ufb01"],
        mended=["soft hyphens", "ligatures"],
    )
    table = "<table><tr><th>Pier</th><th>Boats</th></tr><tr><td>North</td><td>12</td></tr></table>"
    government = (
        '<html lang="en"><head><title>Notice 7 of 2031</title><meta name="dcterms.issued" '
        'content="2031-05-03"></head><body><div id="header">Ministry of Ports</div><div '
        f'id="main-content"><h1>Notice 7 of 2031</h1><p>{WORDS["en"]}</p>{table}<p>{MORE["en"]}'
        '</p></div><div class="footer"><p>Contact us</p></div></body></html>'
    )
    yield SavedFile(
        "notice.html",
        government.encode(),
        [WORDS["en"], "North", "12"],
        title="Notice 7 of 2031",
        published="2031-05-03",
    )


def texts() -> Iterable[SavedFile]:
    """Plain texts in several encodings, broken by hand or not, and Markdown."""
    both = f"{WORDS['en']}\n{MORE['en']}\n"
    yield SavedFile("plain.txt", both.encode(), [both], title=WORDS["en"], language="en")
    yield SavedFile("bom.txt", both.encode("utf-8-sig"), [both], ["\ufeff"])
    yield SavedFile("crlf.txt", both.replace("\n", "\r\n").encode(), [both], ["\r"])
    yield SavedFile("wide.txt", both.encode("utf-16"), [both])
    western = f"{WORDS['fr']} {MORE['fr']}\n" * 3
    yield SavedFile("western.txt", western.encode("cp1252", "replace"), [WORDS["fr"]])
    by_hand = (
        "The harbour board said on Monday that the ferry to Vell will not sail\n"
        "for two weeks, which the mayor of Vell called a heavy blow for the is-\n"
        "land and for all who work on the mainland, as many of its people do.\n\n"
        "A well-known firm of the mainland has been asked to mend the engine,\n"
        "and the board will pay for buses until the ferry can sail once more.\n"
    )
    yield SavedFile(
        "by-hand.txt",
        by_hand.encode(),
        ["will not sail for two weeks", "blow for the island and", "well-known firm", "once more."],
        mended=["hyphens at line ends"],
    )
    chinese = f"{WORDS['zh']}{MORE['zh']}" * 4
    in_lines = "\n".join(chinese[at : at + 70] for at in range(0, len(chinese), 70))
    yield SavedFile("chinese.txt", in_lines.encode(), [chinese], language="zh")
    two_lines = WORDS["en"].replace(" that ", " that\n")
    marked = f"# Ferry stops\n\n{two_lines}\n\n- one\n- two\n"
    yield SavedFile("note.md", marked.encode(), [WORDS["en"], "- two"], title="Ferry stops")


def letters() -> Iterable[SavedFile]:
    """Mail: plain, as a page, in an old encoding."""
    letter = EmailMessage()
    letter["From"] = '"Harbour Board" <board@harbour.example>'
    letter["Subject"] = "Ferry stops – هیئت"
    letter["Date"] = "Sat, 17 May 2031 23:30:00 +0500"
    letter.set_content(f"{WORDS['en']}\n\n{MORE['en']}\n")
    letter.add_attachment(b"x" * 99, maintype="application", subtype="octet-stream")
    yield SavedFile(
        "plain.eml",
        bytes(letter),
        [WORDS["en"], MORE["en"]],
        ["Content-Type", "eHh4"],
        title="Ferry stops – هیئت",
        publisher="Harbour Board",
        published="2031-05-17",
    )
    as_page = EmailMessage()
    as_page["From"] = "board@harbour.example"
    as_page["Subject"] = "Ferry stops"
    as_page["Date"] = "Sat, 17 May 2031 08:00:00 +0000"
    as_page.set_content(news("fa"), subtype="html")
    yield SavedFile("page.eml", bytes(as_page), [WORDS["fa"]], NOISE, language="fa")


def word(paragraphs: Sequence[str], title: str = "", created: str = "") -> bytes:
    """A Word document of plain paragraphs."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    content = io.BytesIO()
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="r" Type="{office}" '
            'Target="word/document.xml"/></Relationships>',
        )
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>',
        )
        archive.writestr(
            "docProps/core.xml",
            '<p xmlns:dc="http://purl.org/dc/elements/1.1/" '
            'xmlns:t="http://purl.org/dc/terms/">'
            f"<dc:title>{title}</dc:title><t:created>{created}</t:created></p>",
        )
    return content.getvalue()


Placed = tuple[float, float, str] | tuple[float, float, str, float]


def pdf(pages: Iterable[Sequence[Placed]], *, password: str = "", title: str = "") -> bytes:
    """A PDF of lines in Helvetica.

    Args:
        pages: Of each line where it begins, in points from the lower left corner of a sheet of A4, its
            text, and its size where that is not 10 points.
        password: What opens it, if it is to be locked.
        title: What it says that it is called.

    """
    document = pikepdf.new()
    font = document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type1,
            BaseFont=pikepdf.Name.Helvetica,
            Encoding=pikepdf.Name.WinAnsiEncoding,
        )
    )
    for lines in pages:
        page = document.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        stream = b"".join(
            b"BT /F %.1f Tf %.1f %.1f Td (%s) Tj ET\n"
            % (size[0] if size else 10, x, y, text.encode("cp1252"))
            for x, y, text, *size in lines
        )
        page.Contents = document.make_stream(stream)
    if title:
        document.docinfo["/Title"] = title
    content = io.BytesIO()
    lock = pikepdf.Encryption(owner=password, user=password) if password else False
    document.save(content, encryption=lock)
    return content.getvalue()


def column(x: float, top: float, lines: Sequence[str]) -> list[tuple[float, float, str]]:
    """Lines one below the other, 12 points each."""
    return [(x, top - 12 * at, text) for at, text in enumerate(lines)]


LEFT = (
    "The harbour board said on Monday that the",
    "ferry to Vell will not sail for two weeks, be-",
    "cause its engine has failed once again and a",
    "part of it must be made anew on the mainland.",
    "People were told to take the bus over the dam",
    "until it sails, which takes an hour and a half.",
)
RIGHT = (
    "The mayor of Vell called it a heavy blow. The",
    "island has 1,200 people, and many of them work",
    "on the mainland, where the school is as well.",
    "She asked that the board pay for all the buses,",
    "which the board has said that it will look into.",
    "No one has said what the new part will cost us.",
)


def documents() -> Iterable[SavedFile]:
    """Word documents, and PDFs of one and two columns with heads and feet."""
    yield SavedFile(
        "letter.docx",
        word([WORDS["en"], "", MORE["en"]], "Ferry stops", "2031-05-17T08:00:00Z"),
        [f"{WORDS['en']}\n{MORE['en']}\n"],
        title="Ferry stops",
        published="2031-05-17",
        guessed=frozenset({"language", "published"}),
    )
    yield SavedFile("fa.docx", word([WORDS["fa"], MORE["fa"]]), [WORDS["fa"]], language="fa")
    columns = [
        [
            (70, 800, "Harbour Post"),
            *column(70, 740, [f"Part {'ABCD'[number - 1]}.", *LEFT, *RIGHT][number % 2 :]),
            (290, 40, f"Page {number} of 4"),
        ]
        for number in range(1, 5)
    ]
    yield SavedFile(
        "one-column.pdf",
        pdf(columns, title="Ferry stops"),
        ["for two weeks, because its engine", "a heavy blow. The island has 1,200"],
        ["Page 2", "Harbour Post"],
        title="Ferry stops",
        mended=["hyphens at line ends", "page heads and feet"],
    )
    two = [(70, 780, "Ferry stops for two weeks"), *column(70, 740, LEFT), *column(320, 740, RIGHT)]
    by_rows = [two[0], *(line for pair in zip(two[1:7], two[7:], strict=True) for line in pair)]
    for name, lines in (("two-columns.pdf", two), ("by-rows.pdf", by_rows)):
        yield SavedFile(
            name,
            pdf([lines]),
            [
                "for two weeks, because its engine",
                "an hour and a half.",
                "The island has 1,200 people",
            ],
            ["that the The mayor"],
        )


def refusals() -> Iterable[tuple[str, bytes, str]]:
    """Files that can't be captured: name, content, and words of the reason."""
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/document.xml", b"\0" * 80_000_000)
    archive_only = io.BytesIO()
    with zipfile.ZipFile(archive_only, "w") as archive:
        archive.writestr("a.txt", "a")
    sound = pdf([column(70, 740, LEFT)])
    yield "empty.html", b" \n", "is empty"
    yield "menu.html", b"<html><body><nav><a href=x>Home</a></nav></body></html>", "no article"
    paywall = b"<html><body><h1>Big news</h1><p>Subscribe to read.</p></body></html>"
    yield "pay.html", paywall, "only “Big news Subscribe to read.”"
    yield "locked.pdf", pdf([column(70, 740, LEFT)], password="x"), "encrypted"  # noqa: S106 # no secret
    yield "torn.pdf", sound[: len(sound) // 3], "broken PDF"
    yield "scan.pdf", pdf([[], []]), "a scan"
    yield "bomb.docx", bomb.getvalue(), "unpacked it would take"
    yield "archive.docx", archive_only.getvalue(), "an archive, no Word document"
    yield "torn.docx", word([WORDS["en"]])[:400], "broken archive"
    yield "picture.html", b"\x89PNG\r\n\x1a\n" + bytes(200), "a picture"
    yield "old.doc", b"\xd0\xcf\x11\xe0" + bytes(200), "old Office"
    yield "noise.txt", bytes(range(256)) * 8, "in no encoding"
    yield (
        "void.eml",
        b"From: a@b.example\r\nDate: Sat, 17 May 2031 08:00:00 +0000\r\n\r\n",
        "nothing",
    )
