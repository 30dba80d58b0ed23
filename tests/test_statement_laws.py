"""Laws of figures over whole statements, in every language that the rules claim.

A statement that writes a figure of its quote otherwise passes; one that changes it does not.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from breadth import cases
from little_desk import HEAD, LittleDesk

from briefings.check.words import languages


class Told(NamedTuple):
    """How a language tells a figure.

    `people` are amounts: so many, at least, at most, more than, fewer than, about so many. They
    stand in `orders`, which say one thing. Each of `rates` and `money` is another unit, in each way
    to write it; they and `cold`, which is below zero and above it, are whole sentences, and so is
    `day`.
    """

    orders: tuple[str, str]
    people: tuple[str, ...]
    rates: tuple[tuple[str, ...], ...]
    money: tuple[tuple[str, ...], ...]
    cold: tuple[tuple[str, ...], tuple[str, ...]]
    day: str


def _both(sentence: str, *units: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(sentence.replace("_", each) for each in ways) for ways in units)


def _cold(sentence: str, below: str, above: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    under = tuple(sentence.replace("_", each) for each in (below, "−{n} °C", "-{n} °C"))
    return under, tuple(sentence.replace("_", each) for each in (above, "{n} °C"))


TOLD = {
    "ar": Told(
        ("غادر {n} الوادي", "{n} غادروا الوادي"),
        (
            "{n} شخص",
            "ما لا يقل عن {n} شخص",
            "ما لا يزيد عن {n} شخص",
            "أكثر من {n} شخص",
            "أقل من {n} شخص",
            "نحو {n} شخص",
        ),
        _both("ارتفعت الأسعار بنسبة _", ("{n} في المئة", "{n}٪"), ("{n} نقطة مئوية",)),
        _both("بلغت كلفة الإصلاح _", ("{n} يورو", "€{n}"), ("{n} دولار", "${n}")),
        _cold("بلغت الحرارة في الوادي _", "{n} درجة تحت الصفر", "{n} درجة"),
        "أغلق الجسر في {day}",
    ),
    "bn": Told(
        ("{n} উপত্যকা ছেড়েছেন", "উপত্যকা ছেড়েছেন {n}"),
        (
            "{n} জন",
            "অন্তত {n} জন",
            "সর্বোচ্চ {n} জন",
            "{n} জনের বেশি",
            "{n} জনের কম",
            "আনুমানিক {n} জন",
        ),
        _both("দাম _ বেড়েছে", ("{n} শতাংশ", "{n}%"), ("{n} শতাংশ পয়েন্ট",)),
        _both("মেরামতে _ খরচ হয়েছে", ("{n} ইউরো", "€{n}"), ("{n} ডলার", "${n}")),
        _cold("উপত্যকায় তাপমাত্রা ছিল _", "মাইনাস {n} ডিগ্রি", "{n} ডিগ্রি"),
        "সেতুটি {day} বন্ধ করা হয়",
    ),
    "de": Told(
        ("{n} verließen das Tal", "Das Tal verließen {n}"),
        (
            "{n} Menschen",
            "mindestens {n} Menschen",
            "höchstens {n} Menschen",
            "mehr als {n} Menschen",
            "weniger als {n} Menschen",
            "etwa {n} Menschen",
        ),
        _both("Die Preise stiegen um _", ("{n} Prozent", "{n} %"), ("{n} Prozentpunkte",)),
        _both("Die Reparatur kostete _", ("{n} Euro", "{n} €"), ("{n} Dollar", "{n} $")),
        _cold("Im Tal waren es _", "minus {n} Grad", "{n} Grad"),
        "Die Brücke wurde am {day} gesperrt",
    ),
    "en": Told(
        ("{n} left the valley", "The valley was left by {n}"),
        (
            "{n} people",
            "at least {n} people",
            "at most {n} people",
            "more than {n} people",
            "fewer than {n} people",
            "about {n} people",
        ),
        _both("Prices rose by _", ("{n} per cent", "{n}%"), ("{n} percentage points",)),
        _both("The repair cost _", ("{n} euros", "€{n}"), ("{n} dollars", "${n}")),
        _cold("It was _ in the valley", "minus {n} degrees", "{n} degrees"),
        "The bridge was closed on {day}",
    ),
    "es": Told(
        ("{n} abandonaron el valle", "Abandonaron el valle {n}"),
        (
            "{n} personas",
            "al menos {n} personas",
            "como máximo {n} personas",
            "más de {n} personas",
            "menos de {n} personas",
            "unas {n} personas",
        ),
        _both(
            "Los precios subieron un _", ("{n} por ciento", "{n} %"), ("{n} puntos porcentuales",)
        ),
        _both("La reparación costó _", ("{n} euros", "{n} €"), ("{n} dólares", "{n} $")),
        _cold("En el valle hacía _", "{n} grados bajo cero", "{n} grados"),
        "El puente fue cerrado el {day}",
    ),
    "fa": Told(
        ("{n} دره را ترک کردند", "دره را {n} ترک کردند"),
        (
            "{n} نفر",
            "دست‌کم {n} نفر",
            "حداکثر {n} نفر",
            "بیش از {n} نفر",
            "کمتر از {n} نفر",
            "حدود {n} نفر",
        ),
        _both("قیمت‌ها _ افزایش یافت", ("{n} درصد", "{n}٪"), ("{n} واحد درصد",)),
        _both("هزینهٔ ترمیم _ بود", ("{n} یورو", "€{n}"), ("{n} دالر", "${n}")),
        _cold("دمای دره _ بود", "منفی {n} درجه", "{n} درجه"),
        "پل در {day} بسته شد",
    ),
    "fr": Told(
        ("{n} ont quitté la vallée", "La vallée a été quittée par {n}"),
        (
            "{n} personnes",
            "au moins {n} personnes",
            "au plus {n} personnes",
            "plus de {n} personnes",
            "moins de {n} personnes",
            "environ {n} personnes",
        ),
        _both(
            "Les prix ont augmenté de _", ("{n} pour cent", "{n} %"), ("{n} points de pourcentage",)
        ),
        _both("La réparation a coûté _", ("{n} euros", "{n} €"), ("{n} dollars", "{n} $")),
        _cold("Il faisait _ dans la vallée", "moins {n} degrés", "{n} degrés"),
        "Le pont a été fermé le {day}",
    ),
    "he": Told(
        ("{n} עזבו את העמק", "את העמק עזבו {n}"),
        (
            "{n} בני אדם",
            "לפחות {n} בני אדם",
            "לכל היותר {n} בני אדם",
            "יותר מ-{n} בני אדם",
            "פחות מ-{n} בני אדם",
            "בערך {n} בני אדם",
        ),
        _both("המחירים עלו ב-_", ("{n} אחוזים", "{n}%"), ("{n} נקודות אחוז",)),
        _both("התיקון עלה _", ("{n} אירו", "€{n}"), ("{n} דולר", "${n}")),
        _cold("הטמפרטורה בעמק הייתה _", "מינוס {n} מעלות", "{n} מעלות"),
        "הגשר נסגר ב-{day}",
    ),
    "hi": Told(
        ("{n} ने घाटी छोड़ी", "घाटी {n} ने छोड़ी"),
        (
            "{n} लोगों",
            "कम से कम {n} लोगों",
            "अधिकतम {n} लोगों",
            "{n} से अधिक लोगों",
            "{n} से कम लोगों",
            "लगभग {n} लोगों",
        ),
        _both("कीमतें _ बढ़ीं", ("{n} प्रतिशत", "{n}%"), ("{n} प्रतिशत अंक",)),
        _both("मरम्मत पर _ खर्च हुए", ("{n} यूरो", "€{n}"), ("{n} डॉलर", "${n}")),
        _cold("घाटी में तापमान _ था", "शून्य से {n} डिग्री नीचे", "{n} डिग्री"),
        "पुल {day} को बंद किया गया",
    ),
    "id": Told(
        ("{n} meninggalkan lembah", "Lembah ditinggalkan oleh {n}"),
        (
            "{n} orang",
            "sedikitnya {n} orang",
            "paling banyak {n} orang",
            "lebih dari {n} orang",
            "kurang dari {n} orang",
            "sekitar {n} orang",
        ),
        _both("Harga naik _", ("{n} persen", "{n}%"), ("{n} poin persentase",)),
        _both("Biaya perbaikan mencapai _", ("{n} euro", "€{n}"), ("{n} dolar", "${n}")),
        _cold("Suhu di lembah _", "minus {n} derajat", "{n} derajat"),
        "Jembatan ditutup pada {day}",
    ),
    "it": Told(
        ("{n} hanno lasciato la valle", "La valle è stata lasciata da {n}"),
        (
            "{n} persone",
            "almeno {n} persone",
            "al massimo {n} persone",
            "più di {n} persone",
            "meno di {n} persone",
            "circa {n} persone",
        ),
        _both("I prezzi sono saliti del _", ("{n} per cento", "{n} %"), ("{n} punti percentuali",)),
        _both("La riparazione è costata _", ("{n} euro", "{n} €"), ("{n} dollari", "{n} $")),
        _cold("Nella valle c'erano _", "{n} gradi sotto zero", "{n} gradi"),
        "Il ponte è stato chiuso il {day}",
    ),
    "ja": Told(
        ("{n}が谷を離れた", "谷を{n}が離れた"),
        ("{n}人", "少なくとも{n}人", "最大{n}人", "{n}人超", "{n}人未満", "約{n}人"),
        _both("物価は_上昇した", ("{n}パーセント", "{n}%"), ("{n}ポイント",)),
        _both("修理費は_だった", ("{n}ユーロ", "€{n}"), ("{n}ドル", "${n}")),
        _cold("谷の気温は_だった", "氷点下{n}度", "{n}度"),
        "橋は{day}に閉鎖された",
    ),
    "ko": Told(
        ("{n}이 계곡을 떠났다", "계곡을 {n}이 떠났다"),
        ("{n}명", "최소 {n}명", "최대 {n}명", "{n}명 초과", "{n}명 미만", "약 {n}명"),
        _both("물가는 _ 올랐다", ("{n}퍼센트", "{n}%"), ("{n}퍼센트포인트",)),
        _both("수리비는 _였다", ("{n}유로", "€{n}"), ("{n}달러", "${n}")),
        _cold("계곡 기온은 _였다", "영하 {n}도", "{n}도"),
        "다리는 {day}에 폐쇄됐다",
    ),
    "nl": Told(
        ("{n} verlieten de vallei", "De vallei werd verlaten door {n}"),
        (
            "{n} mensen",
            "minstens {n} mensen",
            "hoogstens {n} mensen",
            "meer dan {n} mensen",
            "minder dan {n} mensen",
            "ongeveer {n} mensen",
        ),
        _both("De prijzen stegen met _", ("{n} procent", "{n}%"), ("{n} procentpunten",)),
        _both("De reparatie kostte _", ("{n} euro", "€ {n}"), ("{n} dollar", "$ {n}")),
        _cold("In de vallei was het _", "min {n} graden", "{n} graden"),
        "De brug werd op {day} gesloten",
    ),
    "pl": Told(
        ("{n} opuściło dolinę", "Dolinę opuściło {n}"),
        (
            "{n} osób",
            "co najmniej {n} osób",
            "najwyżej {n} osób",
            "ponad {n} osób",
            "mniej niż {n} osób",
            "około {n} osób",
        ),
        _both("Ceny wzrosły o _", ("{n} procent", "{n}%"), ("{n} punktów procentowych",)),
        _both("Naprawa kosztowała _", ("{n} euro", "{n} €"), ("{n} dolarów", "{n} $")),
        _cold("W dolinie było _", "minus {n} stopni", "{n} stopni"),
        "Most zamknięto {day}",
    ),
    "ps": Told(
        ("{n} له کلي ووتل", "له کلي {n} ووتل"),
        (
            "{n} کسان",
            "لږ تر لږه {n} کسان",
            "تر {n} پورې کسان",
            "له {n} څخه زیات کسان",
            "له {n} څخه کم کسان",
            "شاوخوا {n} کسان",
        ),
        _both("بیې _ لوړې شوې", ("{n} سلنه", "{n}٪"), ()),
        _both("د ترمیم لګښت _ و", ("{n} یورو", "€{n}"), ("{n} ډالر", "${n}")),
        _cold("د کلي تودوخه _ وه", "منفي {n} درجې", "{n} درجې"),
        "پل د {day} وتړل شو",
    ),
    "pt": Told(
        ("{n} deixaram o vale", "Deixaram o vale {n}"),
        (
            "{n} pessoas",
            "pelo menos {n} pessoas",
            "no máximo {n} pessoas",
            "mais de {n} pessoas",
            "menos de {n} pessoas",
            "cerca de {n} pessoas",
        ),
        _both("Os preços subiram _", ("{n} por cento", "{n}%"), ("{n} pontos percentuais",)),
        _both("O conserto custou _", ("{n} euros", "{n} €"), ("{n} dólares", "{n} $")),
        _cold("No vale fazia _", "{n} graus abaixo de zero", "{n} graus"),
        "A ponte foi fechada em {day}",
    ),
    "ru": Told(
        ("{n} покинули долину", "Долину покинули {n}"),
        (
            "{n} человек",
            "не менее {n} человек",
            "не более {n} человек",
            "более {n} человек",
            "менее {n} человек",
            "около {n} человек",
        ),
        _both("Цены выросли на _", ("{n} процентов", "{n} %"), ("{n} процентных пунктов",)),
        _both("Ремонт обошёлся в _", ("{n} евро", "{n} €"), ("{n} долларов", "{n} $")),
        _cold("В долине было _", "минус {n} градусов", "{n} градусов"),
        "Мост закрыли {day}",
    ),
    "th": Told(
        ("{n}ออกจากหุบเขา", "ผู้ที่ออกจากหุบเขามี{n}"),
        (
            "{n}คน",
            "อย่างน้อย{n}คน",
            "ไม่เกิน{n}คน",
            "มากกว่า{n}คน",
            "น้อยกว่า{n}คน",
            "ประมาณ{n}คน",
        ),
        _both("ราคาเพิ่มขึ้น_", ("ร้อยละ {n}", "{n}%"), ("{n} จุดเปอร์เซ็นต์",)),
        _both("ค่าซ่อมเป็นเงิน _", ("{n} ยูโร", "€{n}"), ("{n} ดอลลาร์", "${n}")),
        _cold("อุณหภูมิในหุบเขาอยู่ที่ _", "ลบ {n} องศา", "{n} องศา"),
        "สะพานถูกปิดเมื่อวันที่ {day}",
    ),
    "tr": Told(
        ("{n} vadiden ayrıldı", "Vadiden {n} ayrıldı"),
        (
            "{n} kişi",
            "en az {n} kişi",
            "en fazla {n} kişi",
            "{n} kişiden fazlası",
            "{n} kişiden azı",
            "yaklaşık {n} kişi",
        ),
        _both("Fiyatlar _ arttı", ("yüzde {n}", "%{n}"), ("{n} yüzde puanı",)),
        _both("Onarım _ tuttu", ("{n} avro", "{n} €"), ("{n} dolar", "{n} $")),
        _cold("Vadide sıcaklık _ oldu", "eksi {n} derece", "{n} derece"),
        "Köprü {day} tarihinde kapatıldı",
    ),
    "uk": Told(
        ("{n} покинули долину", "Долину покинули {n}"),
        (
            "{n} людей",
            "щонайменше {n} людей",
            "щонайбільше {n} людей",
            "понад {n} людей",
            "менше {n} людей",
            "близько {n} людей",
        ),
        _both("Ціни зросли на _", ("{n} відсотків", "{n} %"), ("{n} відсоткових пунктів",)),
        _both("Ремонт обійшовся у _", ("{n} євро", "{n} €"), ("{n} доларів", "{n} $")),
        _cold("У долині було _", "мінус {n} градусів", "{n} градусів"),
        "Міст закрили {day}",
    ),
    "ur": Told(
        ("{n} نے وادی چھوڑی", "وادی {n} نے چھوڑی"),
        (
            "{n} افراد",
            "کم از کم {n} افراد",
            "زیادہ سے زیادہ {n} افراد",
            "{n} سے زیادہ افراد",
            "{n} سے کم افراد",
            "تقریباً {n} افراد",
        ),
        _both("قیمتیں _ بڑھیں", ("{n} فیصد", "{n}٪"), ("{n} فیصد پوائنٹس",)),
        _both("مرمت پر _ خرچ ہوئے", ("{n} یورو", "€{n}"), ("{n} ڈالر", "${n}")),
        _cold("وادی میں درجہ حرارت _ تھا", "منفی {n} ڈگری", "{n} ڈگری"),
        "پل {day} کو بند کیا گیا",
    ),
    "vi": Told(
        ("{n} rời thung lũng", "rời thung lũng có {n}"),
        (
            "{n} người",
            "ít nhất {n} người",
            "nhiều nhất {n} người",
            "hơn {n} người",
            "dưới {n} người",
            "khoảng {n} người",
        ),
        _both("giá tăng _", ("{n} phần trăm", "{n}%"), ("{n} điểm phần trăm",)),
        _both("việc sửa chữa tốn _", ("{n} euro", "€{n}"), ("{n} đô la", "${n}")),
        _cold("nhiệt độ ở thung lũng là _", "âm {n} độ", "{n} độ"),
        "cây cầu đóng cửa vào {day}",
    ),
    "zh": Told(
        ("{n}离开了山谷", "离开山谷的有{n}"),
        ("{n}人", "至少{n}人", "最多{n}人", "超过{n}人", "不到{n}人", "约{n}人"),
        _both("物价上涨了_", ("百分之{n}", "{n}%"), ("{n}个百分点",)),
        _both("维修费用为_", ("{n}欧元", "€{n}"), ("{n}美元", "${n}")),
        _cold("山谷气温为_", "零下{n}度", "{n}度"),
        "大桥于{day}关闭",
    ),
}

NATIVE = {"ar": "arab", "fa": "arabext", "hi": "deva", "ps": "arabext", "ur": "arabext"}
COUNTS = (2350, 2351, 23500, 235)
DAYS = (date(2024, 11, 5), date(2024, 11, 6), date(2024, 10, 5), date(2023, 11, 5))

LESS_EXACT = {(0, 0, 5), (0, 3, 1), (0, 4, 2), (0, 6, 1), (0, 6, 3), (0, 6, 5)}
"""Subject, claim of the quote and claim of the statement, where the latter claims no more: “about”
so many, “at least” of what is more, and the round number below, told as one."""


def _formats(number: int, language: str) -> list[str]:
    """A number as a language writes it: grouped, in digits of its own, and as plain digits."""
    grouped = (
        format_decimal(number, locale=language, numbering_system=each)
        for each in ("latn", NATIVE.get(language, "latn"))
    )
    return sorted({str(number), *grouped})


def _days(day: date, language: str) -> list[str]:
    """A day in the words of a language and by number."""
    return sorted({format_date(day, "long", locale=language), day.isoformat()})


def _subjects(language: str) -> list[list[list[str]]]:
    """What may be said, by subject: claims that are different ones, each in several ways."""
    told = TOLD[language]
    people = [(each, COUNTS[0]) for each in told.people]
    people += [(told.people[0], each) for each in COUNTS[1:]]
    return [
        [
            [
                order.format(n=each.format(n=n))
                for order in told.orders
                for n in _formats(count, language)
            ]
            for each, count in people
        ],
        [[each.format(n=n) for each in ways] for ways in told.rates for n in (7, 8, 70)],
        [[each.format(n=n) for each in ways] for ways in told.money for n in (450, 451, 45)],
        [[each.format(n=n) for each in ways] for ways in told.cold for n in (17, 16)],
        [[told.day.format(day=each) for each in _days(day, language)] for day in DAYS],
    ]


class Row(NamedTuple):
    """A quote, a statement, and whether that is honest."""

    quote: str
    statement: str
    is_honest: bool


def _rows(quoted: str, stated: str) -> Iterator[Row]:
    """Each claim of one language told in another or the same: so, and as each other claim."""
    subjects = zip(_subjects(quoted), _subjects(stated), strict=True)
    for subject, (quotes, statements) in enumerate(subjects):
        for quote, statement in product(range(len(quotes)), range(len(statements))):
            ways, told = quotes[quote], statements[statement]
            if not (ways and told) or (subject, quote, statement) in LESS_EXACT:
                continue
            if quote == statement:
                yield from (Row(ways[0], each, True) for each in told)
                yield from (Row(each, told[0], True) for each in ways)
            else:
                yield Row(ways[0], told[-1], False)
                yield Row(ways[-1], told[0], False)


def _found(folder: Path, quoted: str, stated: str, rows: list[Row]) -> list[set[str]]:
    """The codes that are reported of each row, all of them in one desk.

    In another language a statement is the translation of its quote as well.
    """
    desk = LittleDesk(folder)
    facts = []
    sources = {quote: f"d{number}" for number, quote in enumerate({row.quote: 0 for row in rows})}
    for quote, source in sources.items():
        desk.document(source, f"{quote}.", language=quoted)
    for number, row in enumerate(rows):
        told = json.dumps(f"{row.statement}.", ensure_ascii=False)
        translation = "" if quoted == stated else f", translation: {told}, translator: us"
        quote = json.dumps(row.quote, ensure_ascii=False)
        facts.append(
            f"  - id: f{number}\n    kind: event\n    topics: [t]\n    statement: {told}\n"
            f"    evidence: [{{source: {sources[row.quote]}, quote: {quote}{translation}}}]\n"
        )
    checked = desk.check("facts:\n" + "".join(facts), HEAD.replace("[en]", f"[{stated}]"))
    text = checked.texts["facts.yaml"].text
    starts = [text.index(f"  - id: f{number}\n") for number in range(len(rows))]
    found: list[set[str]] = [set() for _ in rows]
    for each in checked.diagnostics:
        if each.code not in ABOUT_DOCUMENTS and each.span is not None:
            found[max(0, bisect_right(starts, each.span.start) - 1)].add(each.code)
    return found


ABOUT_DOCUMENTS = frozenset({"document-shared", "similar-origin", "document-characters"})
FIGURES = frozenset({"unsupported-figure", "changed-bound", "changed-unit", "mistranslated-figure"})
SLICE = ["ar", "en", "fa", "ja", "ru"]


def test_every_language_of_the_rules_is_here() -> None:
    """A language that is added brings its sentences."""
    assert set(TOLD) == set(languages())


@pytest.mark.parametrize("is_translated", [False, True], ids=["told", "translated"])
@pytest.mark.parametrize("language", cases(SLICE, *(each for each in TOLD if each not in SLICE)))
def test_what_a_statement_makes_of_the_figures_of_its_quote(
    language: str, tmp_path: Path, *, is_translated: bool
) -> None:
    """Another order, format or language passes; another value, bound, unit, sign or day fails."""
    stated = language if not is_translated else "de" if language == "en" else "en"
    rows = list(dict.fromkeys(_rows(language, stated)))
    wrong = [
        f"{'held' if row.is_honest else 'missed'}: {row.quote} | {row.statement} | {sorted(codes)}"
        for row, codes in zip(rows, _found(tmp_path, language, stated, rows), strict=True)
        if (codes if row.is_honest else not codes & FIGURES)
    ]
    assert not wrong, "\n".join([f"{len(wrong)} of {len(rows)}", *wrong])
