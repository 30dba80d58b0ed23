"""Further shapes in which analysts save pages, letters and documents, made for the tests."""

from __future__ import annotations

import io
import json
import quopri
import zipfile
from base64 import encodebytes
from collections.abc import Iterable
from email.message import EmailMessage
from pathlib import Path

from saved_files import LEFT, MORE, NOISE, RIGHT, WORDS, Placed, SavedFile, column, pdf
from weasyprint import HTML

from briefings.render.pdf.write import only_fonts_of

WATER = {
    "en": (
        "The town of Lorne said on Friday that water will be cut in three districts from 12 May.",
        "“The repair will take two days,” said Rita Varma, the mayor, since a main has burst.",
        "The main was laid in 1961, and had burst twice in April.",
    ),
    "fr": (
        "La ville coupera l’eau dans trois communes du 12 au 14 mai, a annoncé la préfecture.",
        "Les 4 300 habitants recevront des bouteilles « sur demande », précise le communiqué.",
        "La conduite, posée en 1961, a cédé à deux reprises en avril.",
    ),
    "tr": (
        "Lorne Belediyesi, arıza nedeniyle üç mahallede suların 12 Mayıs’ta kesileceğini duyurdu.",
        "Belediye Başkanı Ece Yıldız, “Onarım iki gün sürecek” dedi.",
        "Hat 1961 yılında döşenmişti ve nisan ayında iki kez patlamıştı.",
    ),
    "ko": (
        "론 시는 수도관 파손으로 5월 12일부터 사흘간 세 개 동의 수돗물 공급을 중단한다고 밝혔다.",
        "이수진 시장은 “복구에 이틀이 걸릴 것”이라고 말했다.",
        "이 관은 1961년에 설치됐으며 4월에만 두 차례 터졌다.",
    ),
    "hi": (
        "लोर्न नगर निगम ने कहा कि पाइपलाइन फटने के कारण 12 मई से तीन वार्डों में पानी नहीं आएगा।",
        "महापौर रीता वर्मा ने कहा, “मरम्मत में दो दिन लगेंगे।”",
        "यह पाइपलाइन 1961 में बिछाई गई थी और अप्रैल में दो बार फट चुकी है।",
    ),
    "th": (
        "เทศบาลเมืองลอร์นแจ้งว่าจะหยุดจ่ายน้ำประปาในสามชุมชนตั้งแต่วันที่ 12 พฤษภาคม เนื่องจากท่อแตก",
        "นายกเทศมนตรีสุดากล่าวว่า “การซ่อมจะใช้เวลาสองวัน”",
        "ท่อนี้วางเมื่อปี 2504 และแตกมาแล้วสองครั้งในเดือนเมษายน",
    ),
}
ADDRESS = "https://herald.example/water"
PARAGRAPHS = "".join(f"<p>{words}</p>" for words in WATER["en"])
ARTICLE = f"<article><h1>Water cut in Lorne</h1>{PARAGRAPHS}</article>"


def _page(body: str, head: str = "", language: str = "en") -> str:
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8">{head}'
        f"<title>Water cut in Lorne</title></head><body>{body}</body></html>"
    )


def national_pages() -> Iterable[SavedFile]:
    """A prefecture's page and news sites of five languages, each with its country's habits."""
    words = WATER["fr"]
    yield SavedFile(
        "prefecture.html",
        _page(
            "<ul><li><a href='#c'>Aller au contenu</a></li></ul><header><p>Liberté Égalité</p>"
            "<nav><a href='/'>Accueil</a></nav></header><main id='c'><h1>Coupure d’eau</h1>"
            "<p class='date'>Publié le 9 mai 2031</p><p class='share'>Partager <a href='x'>ici</a>"
            f"</p><p>{words[0]}</p><h2>Distribution</h2><p>{words[1]}</p><ul><li>Lorne : salle des "
            f"fêtes</li></ul><p>{words[2]}</p></main><footer>Mentions légales</footer>",
            language="fr-FR",
        ).encode(),
        [*words, "Distribution", "Lorne : salle des fêtes"],
        ["Aller au contenu", "Accueil", "Partager", "Mentions légales"],
        title="Coupure d’eau",
        published="2031-05-09",
        language="fr",
        guessed=frozenset({"published"}),
    )
    words = WATER["tr"]
    yield SavedFile(
        "turkish.html",
        _page(
            "<div class='header'><a href='/'>Ana Sayfa</a></div><div class='news-detail'>"
            "<h1>Su kesintisi</h1><h2 class='spot'>Arıza iki gün sürecek.</h2>"
            f"<div class='news-text'><p>{words[0]}</p><div class='related-news'><strong>İlginizi "
            f"çekebilir:</strong> <a href='z'>Barajlar doldu</a></div><p>{words[1]}</p>"
            f"<p>{words[2]}</p></div></div><div id='comments'><p>Yine mi su yok?</p></div>",
            '<meta name="datePublished" content="2031-05-09T10:11:00+03:00">',
            "tr",
        ).encode(),
        [*words, "Arıza iki gün sürecek."],
        ["Ana Sayfa", "Barajlar doldu", "Yine mi su yok"],
        title="Su kesintisi",
        published="2031-05-09",
        language="tr",
    )
    words = WATER["ko"]
    yield SavedFile(
        "korean.html",
        _page(
            "<div id='gnb'><a>정치</a><a>경제</a></div><div id='articleBody' "
            f"class='article_body'>{'<br><br>'.join(words)}</div>"
            "<div class='copyright'>ⓒ 론일보, 무단 전재 및 재배포 금지</div>",
            '<meta property="og:title" content="수돗물 중단">',
            "ko",
        )
        .replace("utf-8", "euc-kr")
        .encode("cp949"),
        [f"{words[0]}\n{words[1]}\n{words[2]}\n"],
        ["정치", "무단 전재"],
        title="수돗물 중단",
        language="ko",
    )
    words = WATER["hi"]
    linked = {"@type": "NewsArticle", "headline": "पानी बंद", "datePublished": "2031-05-09"}
    yield SavedFile(
        "hindi.html",
        _page(
            f"<nav>होम देश</nav><article><h1>पानी बंद</h1><p>{words[0]}</p><p><a href='w'>यह भी पढ़ें: "
            f"बांध भरे</a></p><p>{words[1]}</p><p>{words[2]}</p></article><footer>सर्वाधिकार</footer>",
            f'<script type="application/ld+json">[{json.dumps(linked)}, 7]</script>',
            "hi",
        ).encode(),
        [f"{words[0]}\n{words[1]}\n{words[2]}\n"],
        ["होम", "बांध भरे", "सर्वाधिकार"],
        title="पानी बंद",
        published="2031-05-09",
        language="hi",
    )
    words = WATER["th"]
    yield SavedFile(
        "thai.html",
        _page(
            "<header>หน้าแรก</header><div class='entry-content'><h1>หยุดจ่ายน้ำ</h1><time "
            f"datetime='2031-05-09'>9 พ.ค. 2574</time><p>{words[0]}</p><p>{words[1]}</p>"
            f"<p>{words[2]}</p></div><footer>สงวนลิขสิทธิ์</footer>",
            language="th",
        ).encode(),
        [f"{words[0]}\n{words[1]}\n{words[2]}\n"],
        ["หน้าแรก", "สงวนลิขสิทธิ์"],
        published="2031-05-09",
        language="th",
    )


def saved_by_programs() -> Iterable[SavedFile]:
    """One page as programs save it: each notes in its own way where it was saved from."""
    kept = WATER["en"]
    page = _page(f"<nav>Home</nav>{ARTICLE}")
    at_first = page.replace("<html", f"<!-- saved from url=(0028){ADDRESS} -->\n<html", 1)
    single = f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Tue\n-->"
    reader = _page(
        "<div class='toolbar reader-toolbar'><button>Close Reader View</button></div><div "
        f"class='container'><div class='header'><a class='domain reader-domain' href='{ADDRESS}'>"
        "herald.example</a><h1 class='reader-title'>Water cut in Lorne</h1></div><div "
        f"class='moz-reader-content'><div class='page'>{PARAGRAPHS}</div></div></div>"
    )
    for name, markup in (
        ("chrome.html", at_first),
        ("singlefile.html", page.replace("<html", f"{single}<html", 1)),
        ("reader.html", reader),
    ):
        yield SavedFile(
            name,
            markup.encode(),
            kept,
            ["Home", "Close Reader View"],
            title="Water cut in Lorne",
            publisher="herald.example",
            url=ADDRESS,
        )
    boundary = "----MultipartBoundary--x----"
    quoted = quopri.encodestring(page.encode()).decode().replace("\n", "\r\n")
    archive = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {ADDRESS}\r\nSubject: Water cut\r\n"
        "Date: Tue, 13 May 2031 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: "
        f'multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{boundary}"\r\n\r\n'
        f"--{boundary}\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable"
        f"\r\nContent-Location: {ADDRESS}\r\n\r\n{quoted}\r\n--{boundary}\r\nContent-Type: text/css"
        f"\r\nContent-Location: cid:css@x\r\n\r\nbody {{ color: red }}\r\n--{boundary}--\r\n"
    )
    yield SavedFile(
        "chrome.mhtml",
        archive.encode(),
        kept,
        ["Home", "Saved by Blink", "color: red"],
        title="Water cut in Lorne",
        url=ADDRESS,
    )
    in_one_file = (
        f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="{boundary}"\r\n\r\n'
        f"This document is a Single File Web Page.\r\n\r\n--{boundary}\r\n"
        "Content-Type: text/html; charset=utf-16\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        f"{encodebytes(page.encode('utf-16')).decode()}\r\n--{boundary}--\r\n"
    )
    yield SavedFile(
        "office.mht",
        in_one_file.encode(),
        kept,
        ["Home", "Single File Web Page", "MIME-Version"],
        title="Water cut in Lorne",
    )


def rare_pages() -> Iterable[SavedFile]:
    """AMP, a live blog, a page of a wiki, an old page laid out by a table."""
    linked = {
        "@type": "NewsArticle",
        "headline": "Water cut in Lorne",
        "datePublished": "2031-05-09T08:00:00Z",
        "publisher": {"@type": "Organization", "name": "Lorne Herald"},
    }
    words = WATER["en"]
    yield SavedFile(
        "amp.html",
        _page(
            "<amp-sidebar><ul><li>Home</li></ul></amp-sidebar><amp-consent><div>We value your "
            f"privacy</div></amp-consent><main><h1>Water cut in Lorne</h1><p>{words[0]}</p><amp-ad>"
            f"Buy shoes now</amp-ad><p>{words[1]}</p><amp-list><p>Most read stories of the day</p>"
            "</amp-list></main>",
            f'<script type="application/ld+json">{json.dumps(linked)}</script>',
        ).encode(),
        words[:2],
        ["Home", "We value your privacy", "Buy shoes", "Most read"],
        publisher="Lorne Herald",
        published="2031-05-09",
    )
    entries = "".join(
        f"<article class='live-entry'><time datetime='2031-05-09T{hour}:15Z'>{hour}:15</time>"
        f"<h3>{title}</h3><p>{text}</p></article>"
        for hour, title, text in (
            (
                "14",
                "Main shut",
                "Engineers said that the main in Mill Street had been shut at two.",
            ),
            ("12", "Cellars", "Firemen pumped out 14 cellars in Mill Street before noon."),
            ("09", "Main bursts", "A water main burst at nine in Mill Street, the town said."),
        )
    )
    yield SavedFile(
        "live.html",
        _page(f"<nav>Home</nav><main><h1>Live: burst main</h1>{entries}</main>").encode(),
        [
            "14:15\nMain shut\nEngineers said",
            "12:15\nCellars\nFiremen pumped",
            "09:15\nMain bursts\nA water main",
        ],
        ["Home"],
        title="Live: burst main",
    )
    yield SavedFile(
        "wiki.html",
        _page(
            "<div id='mw-navigation'>Navigation menu</div><div id='content'><h1>Lorne</h1><div>"
            "<table class='infobox'><tr><th>Population</th><td>4,300</td></tr></table><p><b>Lorne"
            "</b> is a town on the river Vell. Its water works were built in 1961.</p><h2>History"
            "<span class='mw-editsection'>[edit]</span></h2><p>The town was first named in a "
            "charter of 1204.</p></div></div><div id='footer'>Text under a licence</div>"
        ).encode(),
        ["4,300", "Lorne is a town on the river Vell.", "History\n", "charter of 1204"],
        ["Navigation menu", "[edit]", "Text under a licence"],
        title="Lorne",
    )
    cells = "".join(f"<p>{paragraph}</p>" for paragraph in words)
    yield SavedFile(
        "table.html",
        _page(
            "<table><tr><td><a href='/'>Home</a></td></tr><tr><td><h1>Water cut in Lorne</h1>"
            f"{cells}</td></tr></table>"
        ).encode(),
        ["\n".join(words)],
        ["|", "Home"],
    )


def newsletters() -> Iterable[SavedFile]:
    """A newsletter whose plain part only says where to read it, its page laid out by tables."""
    letter = EmailMessage()
    letter["From"] = "Lorne Herald <news@herald.example>"
    letter["Subject"] = "Your briefing – 9 May"
    letter["Date"] = "Fri, 09 May 2031 06:00:00 +0000"
    letter.set_content(f"View this email in your browser: {ADDRESS}\n")
    rows = (
        f"<h2>Water cut</h2><p>{WATER['en'][0]}</p><p>{WATER['en'][1]}</p>",
        "<h2>Ferry back</h2><p>The ferry to Vell sailed again on Thursday, the board said.</p>",
    )
    cells = "".join(f"<tr><td>{row}</td></tr>" for row in rows)
    letter.add_alternative(
        f"<html><body><table role='presentation'>{cells}</table></body></html>",
        subtype="html",
        cte="quoted-printable",
    )
    yield SavedFile(
        "newsletter.eml",
        bytes(letter),
        [
            *WATER["en"][:2],
            "Ferry back\nThe ferry to Vell sailed again on Thursday, the board said.",
        ],
        ["View this email", "|", *NOISE],
        title="Your briefing – 9 May",
        publisher="Lorne Herald",
        published="2031-05-09",
    )


def footnoted() -> Iterable[SavedFile]:
    """A PDF of two columns with footnotes in small print below the first."""
    notes = ["1 Letter of the mayor, 3 May 2031.", "2 The bus takes ninety minutes each way."]
    lines: list[Placed] = [
        (70.0, 790.0, "The ferry and the island", 16),
        *column(70, 750, LEFT),
        *((70.0, 120.0 - 10 * at, text, 7) for at, text in enumerate(notes)),
        *column(320, 750, RIGHT),
    ]
    yield SavedFile(
        "footnotes.pdf",
        pdf([lines]),
        [
            "The ferry and the island\nThe harbour board",
            "for two weeks, because its engine",
            f"{notes[0]}\n{notes[1]}\n",
            "a heavy blow. The island has 1,200",
        ],
    )


def rich_word() -> Iterable[SavedFile]:
    """A Word document with a footnote, a table, a line end within a paragraph, tracked changes."""
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

    def run(text: str) -> str:
        return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"

    cells = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:p>{run(cell)}</w:p></w:tc>" for cell in row) + "</w:tr>"
        for row in (("Pier", "Boats"), ("North", "12"))
    )
    body = (
        f"<w:p>{run('The board met.')}<w:r><w:footnoteReference w:id='2'/></w:r><w:del w:id='1'>"
        "<w:r><w:delText>It was late.</w:delText></w:r></w:del><w:ins w:id='3'>"
        f"{run(' It was early.')}</w:ins></w:p><w:tbl>{cells}</w:tbl>"
        f"<w:p>{run('Berth one')}<w:r><w:br/></w:r>{run('is closed.')}</w:p>"
    )
    note = f"<w:footnote w:id='2'><w:p>{run('Minutes, page 3.')}</w:p></w:footnote>"
    files = {
        "[Content_Types].xml": "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-"
        "types'><Default Extension='xml' ContentType='application/xml'/></Types>",
        "_rels/.rels": f"<Relationships xmlns='{package}'><Relationship Id='r' "
        f"Type='{office}/officeDocument' Target='word/document.xml'/></Relationships>",
        "word/_rels/document.xml.rels": f"<Relationships xmlns='{package}'><Relationship Id='f' "
        f"Type='{office}/footnotes' Target='footnotes.xml'/></Relationships>",
        "word/footnotes.xml": f"<w:footnotes xmlns:w='{space}'>{note}</w:footnotes>",
        "word/document.xml": f"<w:document xmlns:w='{space}'><w:body>{body}</w:body></w:document>",
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    yield SavedFile(
        "rich.docx",
        content.getvalue(),
        [
            "The board met. It was early.\n",
            "| Pier | Boats |\n| North | 12 |\n",
            "Berth one is closed.\n",
            "Minutes, page 3.\n",
        ],
        ["It was late", "[1]", "↑"],
    )


def from_right_to_left() -> Iterable[SavedFile]:
    """A PDF in Arabic and Persian: its ligatures and quotation marks are held as they are drawn."""
    face = Path(__file__).parents[1] / "templates" / "fonts" / "Vazirmatn-Regular.ttf"
    page = (
        f"<style>@font-face {{font-family: f; src: url({face.as_uri()})}} p {{font-family: f}}"
        f"</style><body dir=rtl><p>{WORDS['ar']}<p>{MORE['fa']}"
    )
    # A process in which fontconfig has begun with the system's fonts sets all of ours with these.
    with only_fonts_of(face.with_name("fonts.conf")):
        stock = HTML(string=page).write_pdf()
    yield SavedFile(
        "arabic.pdf",
        stock,
        [WORDS["ar"], "گفت: «از این بابت متأسفیم.» هر روز"],
        ["االثنين", "»از"],
        mended=["mirrored brackets"],
    )


def other_archives() -> Iterable[tuple[str, bytes, str]]:
    """Archives of other programs, which can't be captured: name, content, words of the reason."""
    for name, member, reason in (
        ("book.epub", "META-INF/container.xml", "an EPUB"),
        ("report.odt", "META-INF/manifest.xml", "an OpenDocument file"),
        ("table.xlsx", "xl/workbook.xml", "a workbook"),
        ("slides.pptx", "ppt/presentation.xml", "a presentation"),
    ):
        content = io.BytesIO()
        with zipfile.ZipFile(content, "w") as archive:
            archive.writestr(member, "<x/>")
        yield name, content.getvalue(), reason
