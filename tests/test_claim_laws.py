"""Laws of claims in every language that the rules claim, over sentences put together from parts."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import pytest
from breadth import cases

from briefings.check.wording import polarity, voice
from briefings.check.wording.clauses import Reading, read
from briefings.check.words import languages, words


class Told(NamedTuple):
    """How a language tells that somebody did something: so, in another order, and less than so.

    `{who}` did it, `{what}` was it done to. `denied` are ways to deny it, `doubted` ways to doubt
    it, `spoken` ways to say that somebody says it.
    """

    plain: str
    turned: str
    denied: tuple[str, ...]
    doubted: tuple[str, ...]
    spoken: tuple[str, ...]
    who: tuple[str, ...]
    what: tuple[str, ...]


TOLD = {
    "ar": Told(
        "{who} أغلق {what}",
        "أغلق {who} {what}",
        ("لم يغلق {who} {what}", "{who} لم يغلق {what}", "نفى {who} أنه أغلق {what}"),
        ("ربما أغلق {who} {what}", "يعتقد أن {who} أغلق {what}"),
        ("قال شهود إن {who} أغلق {what}", "بحسب شهود، أغلق {who} {what}"),
        ("الجيش", "المحافظ", "القائد"),
        ("الجسر", "المطار", "الطريق"),
    ),
    "bn": Told(
        "{who} {what} বন্ধ করেছে",
        "{what} {who} বন্ধ করেছে",
        ("{who} {what} বন্ধ করেনি", "{who} {what} কখনো বন্ধ করেনি"),
        ("সম্ভবত {who} {what} বন্ধ করেছে", "হয়তো {who} {what} বন্ধ করেছে"),
        ("প্রত্যক্ষদর্শীদের মতে {who} {what} বন্ধ করেছে",),
        ("সেনাবাহিনী", "সরকার", "কোম্পানি"),
        ("সেতু", "বাজার", "কারখানা"),
    ),
    "de": Told(
        "Der {who} hat die {what} gesperrt",
        "Die {what} hat der {who} gesperrt",
        (
            "Der {who} hat die {what} nicht gesperrt",
            "Der {who} hat die {what} nie gesperrt",
            "Der {who} bestritt, die {what} gesperrt zu haben",
        ),
        (
            "Der {who} hat die {what} möglicherweise gesperrt",
            "Der {who} soll die {what} gesperrt haben",
        ),
        ("Laut Zeugen hat der {who} die {what} gesperrt",),
        ("Minister", "Betreiber", "Besitzer"),
        ("Brücke", "Straße", "Fabrik"),
    ),
    "en": Told(
        "The {who} closed the {what}",
        "The {what} was closed by the {who}",
        (
            "The {who} did not close the {what}",
            "The {who} never closed the {what}",
            "The {who} denied having closed the {what}",
            "The {who} refused to close the {what}",
            "It is untrue that the {who} closed the {what}",
        ),
        (
            "The {who} may have closed the {what}",
            "The {who} reportedly closed the {what}",
            "It is unclear whether the {who} closed the {what}",
            "The {who} is believed to have closed the {what}",
        ),
        (
            "Witnesses said that the {who} closed the {what}",
            "According to witnesses, the {who} closed the {what}",
            "Witnesses claimed that the {who} closed the {what}",
        ),
        ("mayor", "army", "union"),
        ("bridge", "market", "factory"),
    ),
    "es": Told(
        "El {who} cerró la {what}",
        "La {what}, cerrada por el {who}",
        (
            "El {who} no cerró la {what}",
            "El {who} nunca cerró la {what}",
            "El {who} negó que cerrara la {what}",
        ),
        ("El {who} habría cerrado la {what}", "Quizá el {who} cerró la {what}"),
        (
            "Testigos dijeron que el {who} cerró la {what}",
            "Según testigos, el {who} cerró la {what}",
        ),
        ("alcalde", "ejército", "sindicato"),
        ("fábrica", "carretera", "mina"),
    ),
    "fa": Told(
        "{who} {what} را بست",
        "{what} را {who} بست",
        ("{who} {what} را نبست", "{who} هرگز {what} را نبست"),
        ("شاید {who} {what} را بست", "احتمالاً {who} {what} را بست"),
        ("به گفتهٔ شاهدان، {who} {what} را بست", "شاهدان گفتند که {who} {what} را بست"),
        ("ارتش", "شهردار", "پولیس"),
        ("پل", "بازار", "فرودگاه"),
    ),
    "fr": Told(
        "Le {who} a fermé la {what}",
        "La {what} a été fermée par le {who}",
        (
            "Le {who} n'a pas fermé la {what}",
            "Le {who} n'a jamais fermé la {what}",
            "Le {who} a nié avoir fermé la {what}",
        ),
        ("Le {who} aurait fermé la {what}", "Le {who} a peut-être fermé la {what}"),
        (
            "Des témoins ont dit que le {who} a fermé la {what}",
            "Selon des témoins, le {who} a fermé la {what}",
        ),
        ("maire", "ministre", "syndicat"),
        ("route", "mine", "centrale"),
    ),
    "he": Told(
        "{who} סגר את {what}",
        "את {what} סגר {who}",
        ("{who} לא סגר את {what}", "{who} מעולם לא סגר את {what}", "{who} הכחיש כי סגר את {what}"),
        ("ייתכן כי {who} סגר את {what}", "לכאורה {who} סגר את {what}"),
        ("לפי עדים, {who} סגר את {what}", "עדים אמרו כי {who} סגר את {what}"),
        ("הצבא", "המושל", "המפקד"),
        ("הגשר", "הכביש", "הנמל"),
    ),
    "hi": Told(
        "{who} ने {what} बंद किया",
        "{what} {who} ने बंद किया",
        ("{who} ने {what} बंद नहीं किया", "{who} ने {what} कभी बंद नहीं किया"),
        ("शायद {who} ने {what} बंद किया", "कथित तौर पर {who} ने {what} बंद किया"),
        ("गवाहों के अनुसार {who} ने {what} बंद किया", "गवाहों ने कहा कि {who} ने {what} बंद किया"),
        ("सेना", "महापौर", "सरकार"),
        ("पुल", "बाज़ार", "कारखाना"),
    ),
    "id": Told(
        "{who} menutup {what}",
        "{what} ditutup oleh {who}",
        ("{who} tidak menutup {what}", "{who} belum menutup {what}"),
        ("{who} mungkin menutup {what}", "{who} diduga menutup {what}"),
        ("Saksi mengatakan bahwa {who} menutup {what}", "Menurut saksi, {who} menutup {what}"),
        ("Tentara", "Bupati", "Perusahaan"),
        ("jembatan", "pasar", "pabrik"),
    ),
    "it": Told(
        "Il {who} ha chiuso la {what}",
        "La {what} è stata chiusa dal {who}",
        (
            "Il {who} non ha chiuso la {what}",
            "Il {who} non ha mai chiuso la {what}",
            "Il {who} ha negato di aver chiuso la {what}",
        ),
        ("Il {who} avrebbe chiuso la {what}", "Forse il {who} ha chiuso la {what}"),
        (
            "Testimoni hanno detto che il {who} ha chiuso la {what}",
            "Secondo testimoni, il {who} ha chiuso la {what}",
        ),
        ("sindaco", "ministro", "proprietario"),
        ("fabbrica", "strada", "miniera"),
    ),
    "ja": Told(
        "{who}は{what}を閉鎖した",
        "{what}を{who}が閉鎖した",
        ("{who}は{what}を閉鎖しなかった", "{who}は{what}を閉鎖していない"),
        ("{who}は{what}を閉鎖した可能性がある", "{who}は{what}を閉鎖したとみられる"),
        ("目撃者によると、{who}は{what}を閉鎖した",),
        ("市長", "陸軍", "会社"),
        ("工場", "空港", "市場"),
    ),
    "ko": Told(
        "{who} {what} 폐쇄했다",
        "{what} {who} 폐쇄했다",
        ("{who} {what} 폐쇄하지 않았다",),
        ("{who} {what} 폐쇄한 것으로 보인다", "아마 {who} {what} 폐쇄했다"),
        ("목격자에 따르면 {who} {what} 폐쇄했다",),
        ("시장이", "군대가", "회사가"),
        ("공장을", "공항을", "다리를"),
    ),
    "nl": Told(
        "De {who} heeft de {what} gesloten",
        "De {what} is door de {who} gesloten",
        (
            "De {who} heeft de {what} niet gesloten",
            "De {who} heeft de {what} nooit gesloten",
        ),
        (
            "De {who} heeft de {what} mogelijk gesloten",
            "De {who} zou de {what} gesloten hebben",
        ),
        (
            "Volgens getuigen heeft de {who} de {what} gesloten",
            "Getuigen zeiden dat de {who} de {what} heeft gesloten",
        ),
        ("burgemeester", "eigenaar", "minister"),
        ("brug", "fabriek", "markt"),
    ),
    "pl": Told(
        "{who} zamknął {what}",
        "{what} zamknął {who}",
        ("{who} nie zamknął {what}", "{who} nigdy nie zamknął {what}"),
        ("{who} podobno zamknął {what}", "Być może {who} zamknął {what}"),
        ("Świadkowie mówią, że {who} zamknął {what}", "Według świadków {who} zamknął {what}"),
        ("burmistrz", "minister", "właściciel"),
        ("most", "port", "zakład"),
    ),
    "ps": Told(
        "{who} {what} وتړله",
        "{what} {who} وتړله",
        ("{who} {what} ونه تړله",),
        ("ښایي {who} {what} وتړله",),
        ("شاهدانو وویل چې {who} {what} وتړله",),
        ("پوځ", "ښاروال", "حکومت"),
        ("فابریکه", "لاره", "دروازه"),
    ),
    "pt": Told(
        "O {who} fechou a {what}",
        "A {what} foi fechada pelo {who}",
        (
            "O {who} não fechou a {what}",
            "O {who} nunca fechou a {what}",
            "O {who} negou ter fechado a {what}",
        ),
        ("O {who} teria fechado a {what}", "Talvez o {who} fechou a {what}"),
        (
            "Testemunhas disseram que o {who} fechou a {what}",
            "Segundo testemunhas, o {who} fechou a {what}",
        ),
        ("prefeito", "exército", "ministro"),
        ("fábrica", "estrada", "mina"),
    ),
    "ru": Told(
        "{who} закрыл {what}",
        "{what} закрыл {who}",
        ("{who} не закрыл {what}", "{who} так и не закрыл {what}"),
        ("{who} якобы закрыл {what}", "Возможно, {who} закрыл {what}"),
        (
            "Очевидцы говорят, что {who} закрыл {what}",
            "По словам очевидцев, {who} закрыл {what}",
        ),
        ("мэр", "министр", "профсоюз"),
        ("мост", "рынок", "завод"),
    ),
    "th": Told(
        "{who}ปิด{what}",
        "{what}ถูก{who}ปิด",
        ("{who}ไม่ได้ปิด{what}", "{who}ไม่เคยปิด{what}", "{who}ปฏิเสธว่าปิด{what}"),
        ("{who}อาจปิด{what}", "มีรายงานว่า{who}ปิด{what}"),
        ("พยานกล่าวว่า{who}ปิด{what}", "พยานระบุว่า{who}ปิด{what}"),
        ("กองทัพ", "ผู้ว่าราชการ", "บริษัท"),
        ("สะพาน", "ถนนสายหลัก", "โรงงาน"),
    ),
    "tr": Told(
        "{who} {what} kapattı",
        "{what} {who} kapattı",
        ("{who} {what} kapatmadı",),
        ("{who} {what} kapatmış olabilir", "Belki {who} {what} kapattı"),
        ("Tanıklara göre {who} {what} kapattı", "Tanıklar, {who} {what} kapattı dedi"),
        ("ordu", "belediye başkanı", "şirket"),
        ("köprüyü", "fabrikayı", "limanı"),
    ),
    "uk": Told(
        "{who} закрив {what}",
        "{what} закрив {who}",
        ("{who} не закрив {what}", "{who} так і не закрив {what}"),
        ("{who} нібито закрив {what}", "Можливо, {who} закрив {what}"),
        (
            "Очевидці кажуть, що {who} закрив {what}",
            "За словами очевидців, {who} закрив {what}",
        ),
        ("мер", "міністр", "власник"),
        ("міст", "ринок", "завод"),
    ),
    "ur": Told(
        "{who} نے {what} بند کیا",
        "{what} {who} نے بند کیا",
        ("{who} نے {what} بند نہیں کیا",),
        ("شاید {who} نے {what} بند کیا", "مبینہ طور پر {who} نے {what} بند کیا"),
        ("گواہوں کے مطابق {who} نے {what} بند کیا", "گواہوں نے کہا کہ {who} نے {what} بند کیا"),
        ("فوج", "میئر", "حکومت"),
        ("پل", "بازار", "کارخانہ"),
    ),
    "vi": Told(
        "{who} đã đóng {what}",
        "{what} đã bị {who} đóng",
        ("{who} không đóng {what}", "{who} chưa từng đóng {what}", "{who} phủ nhận đã đóng {what}"),
        ("{who} có thể đã đóng {what}", "có lẽ {who} đã đóng {what}"),
        ("theo nhân chứng, {who} đã đóng {what}", "nhân chứng nói rằng {who} đã đóng {what}"),
        ("quân đội", "thống đốc", "công ty"),
        ("cây cầu", "con đường", "nhà máy"),
    ),
    "zh": Told(
        "{who}关闭了{what}",
        "{what}被{who}关闭了",
        ("{who}没有关闭{what}", "{who}从未关闭{what}"),
        ("{who}可能关闭了{what}", "据报道，{who}关闭了{what}"),
        ("目击者说{who}关闭了{what}", "据目击者称，{who}关闭了{what}"),
        ("市长", "军队", "公司"),
        ("工厂", "机场", "市场"),
    ),
}


def _told(language: str) -> Iterator[tuple[Told, dict[str, str]]]:
    """The ways of a language, with each choice of who and what."""
    told = TOLD[language]
    for who, what in product(told.who, told.what):
        yield told, {"who": who, "what": what}


def _read(text: str, language: str) -> Reading:
    known = words(language)
    assert known is not None
    return read(text[:1].upper() + text[1:] + ".", known)


def _turns(quote: Reading, statement: Reading) -> bool:
    """Whether a statement loses a denial of its quote, or adds one."""
    return any(True for each in (polarity.lost, polarity.added) for _ in each([quote], statement))


def _loses(quote: Reading, statement: Reading) -> bool:
    """Whether a doubt, or who speaks, is gone."""
    return any(True for _ in voice.lost([quote], statement, lambda _mark, _quote: False))


def test_every_language_of_the_rules_is_here() -> None:
    """A language that is added brings its sentences."""
    assert set(TOLD) == set(languages())


SLICE = ["ar", "en", "fa", "ja", "ru"]


@pytest.mark.parametrize("language", cases(SLICE, *(each for each in TOLD if each not in SLICE)))
def test_what_is_denied_doubted_or_only_said(language: str) -> None:
    """In any words it passes as such, and never as plain; what is plain passes in any order."""
    for told, parts in _told(language):
        plain, turned = (_read(each.format(**parts), language) for each in told[:2])
        assert not _turns(plain, turned), turned.text
        assert not _loses(plain, turned), turned.text
        denials, doubts, speech = (
            [_read(each.format(**parts), language) for each in ways] for ways in told[2:5]
        )
        for one, other in product(denials, denials):
            assert not _turns(one, other), (one.text, other.text)
        for each, form in product(denials, (plain, turned)):
            assert _turns(each, form), (each.text, form.text)
        for each in denials:
            assert _turns(plain, each), (plain.text, each.text)
        for each, form in product((*doubts, *speech), (plain, turned)):
            assert _loses(each, form), (each.text, form.text)
        for one, other in product(speech, speech):
            assert not _loses(one, other), (one.text, other.text)
        for each in (*doubts, *speech):
            assert not _turns(each, each), each.text
            assert not _loses(each, each), each.text
