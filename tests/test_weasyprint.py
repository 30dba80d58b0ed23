"""What we rely on in WeasyPrint and pydyf that is not theirs to keep: what to look at if it moves.

Both have an upper bound in pyproject.toml. Whoever raises it runs this: each failure says what of
ours stands on the part that has changed. When that still holds, its new digest goes into the table.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
from dataclasses import dataclass
from importlib import import_module

import pytest
from program import PACKAGE, nodes


@dataclass(frozen=True, slots=True)
class Part:
    """A part by its module and name, the digest of its source, and what to look at."""

    module: str
    name: str
    digest: str
    look_at: str

    @property
    def value(self) -> object:
        """The part itself; a failure where it is gone."""
        value: object = import_module(self.module)
        for step in self.name.split("."):
            value = getattr(value, step)
        return value


PARTS = (
    Part(
        "weasyprint.pdf.tags",
        "_build_box_tree",
        "f716251a83e7096e",
        "render/pdf/tagged.py wraps it: that it is called for each box with (box, parent, pdf, page"
        " number, nums, ...) and annotations first of the rest, calls itself by its name in the"
        " module, yields elements that are in `pdf.objects`, and what tags it gives to lists,"
        " links, cells and figures",
    ),
    Part(
        "weasyprint.pdf.tags",
        "add_tags",
        "f0e74575b0bafaf3",
        "render/pdf/tagged.py takes an entry of `nums` that is `null` for marked content without an"
        " element, and gives `annotations` pairs of a reference and an annotation",
    ),
    Part(
        "weasyprint.pdf.metadata",
        "DocumentMetadata",
        "caea48480357554f",
        "render/pdf/finish.py: the metadata are one packet with one `</rdf:RDF>`; PDF/UA-1 may"
        " have become possible together with PDF/A-3a",
    ),
    Part(
        "weasyprint.pdf.pdfa",
        "pdfa",
        "ea4cd3554d52a964",
        "render/pdf/finish.py drops the second mention of an attachment in `AF`: it may be gone",
    ),
    Part(
        "weasyprint.pdf",
        "generate_pdf",
        "626343ef25c396e8",
        "the order of objects, and when the finisher is called: after the tags, before the writing",
    ),
    Part(
        "weasyprint.document",
        "Page.__init__",
        "56afceec729bf2c1",
        "render/pdf/finish.py reads the direction of the text from `_page_box.style`",
    ),
    Part(
        "weasyprint.pdf.stream",
        "Stream.marked",
        "3fa3acacbbf66422",
        "render/pdf/finish.py expects, in a page's stream, a tag and behind it its properties with"
        " the `MCID`",
    ),
    Part(
        "weasyprint.text.line_break",
        "split_first_line",
        "39ad1016863ca34d",
        "texts/spaces.py sets spaces apart, since a line could break after its first word"
        " (tests/test_pdf.py shows it): that may have been mended",
    ),
    Part(
        "weasyprint.urls",
        "URLFetcher",
        "2bd2febdc13553b7",
        "render/pdf/fetcher.py: all that is loaded goes through `fetch`, also when it is called"
        " with `open`",
    ),
    Part(
        "pydyf",
        "PDF",
        "430a7b480a612b67",
        "render/pdf/reader.py reads the form that `write` gives a file: header, objects one behind"
        " the other, one pack, one table with `Index [0 n]` and `W [1 n n]`; render/pdf/finish.py"
        " takes each third entry of the `Kids` of `pages` for a page",
    ),
    Part(
        "pydyf",
        "Stream",
        "f17b6bdcfedf2f50",
        "scan/pdfcontent.py reads the instructions that it writes, one in a line",
    ),
    Part(
        "pydyf",
        "String",
        "e479710d4177f8f9",
        "scan/pdftext.py reads texts in both forms; brackets in a text are escaped",
    ),
    Part(
        "weasyprint.layout.inline",
        "get_next_linebox",
        "67af458c2545e74f",
        "faster/wraps_of_text.py `lines_once`: the height of a line is what `avoid_collisions`"
        " leaves it with, before it is split; a higher one is split once more, after the style"
        " of a first line is put on it",
    ),
    Part(
        "weasyprint.layout.float",
        "avoid_collisions",
        "5fc7793c573af328",
        "faster/wraps_of_text.py `lines_once`: it is first called by `get_next_linebox` for the"
        " line itself; `room_at_once`: what it returns for a line where nothing floats",
    ),
    Part(
        "weasyprint.layout.preferred",
        "shrink_to_fit",
        "38ecf6d5c6439df6",
        "faster/wraps_of_boxes.py `widths_when_asked`: the room, but no less than the narrowest"
        " and no more than the widest that a box may be",
    ),
    Part(
        "weasyprint.text.line_break",
        "can_break_text",
        "4f3fb5ef1c239df9",
        "faster/wraps_of_text.py `breakable_kept`: nothing but its arguments decides",
    ),
    Part(
        "weasyprint.text.line_break",
        "strut",
        "b57885b70dd08efe",
        "faster/wraps_of_text.py `struts_kept`: nothing but the style decides, and of that what"
        " `_OF_TEXT` has",
    ),
    Part(
        "weasyprint.text.line_break",
        "Layout",
        "681b737d1ba5e004",
        "faster/wraps_of_text.py `breaks_kept`: a copy can be drawn, since all that Pango"
        " holds is made anew, or as `layouts_kept` has it, taken by the first; that sets `layout`,"
        " `language` and `style` again; `_OF_TEXT`: what of a style is asked here and in"
        " `split_first_line`",
    ),
    Part(
        "weasyprint.layout.percent",
        "resolve_percentages",
        "71673078096fcf87",
        "faster/wraps_of_styles.py `lengths_kept`: what it gives a box, and that this hangs on"
        " `_LENGTHS` and `box_sizing` of the style, the room and the kind of box alone, but for the"
        " borders of a table, and on no room where no length is a share of it",
    ),
    Part(
        "weasyprint.css",
        "StyleFor",
        "dac5a13261681453",
        "faster/wraps_of_styles.py `styles_when_asked`: nobody looks at the style of what"
        " stands before or after an element but by calling this; `styles_shared`: it knows a"
        " parent's style by its `id`, and of the attributes of an element only `id`, `lang` and"
        " `style` are made rules; `selectors_once` in wraps_of_selectors.py: it asks the sheets in"
        " turn for each element, puts declarations together as is done there, and lets elements"
        " share a style by the sheet, specificity, declarations and layer of what holds for them",
    ),
    Part(
        "weasyprint.formatting_structure.boxes",
        "Box.descendants",
        "c15a877f61361343",
        "faster/wraps_of_boxes.py `descent_at_once`: it goes on in the box of a placeholder",
    ),
    Part(
        "pydyf",
        "_to_bytes",
        "1cefd02c285d3aee",
        "faster/wraps_of_files.py `bytes_by_type`: bytes are left, and texts are ASCII",
    ),
    Part(
        "weasyprint.text.fonts",
        "get_font_description",
        "85734b8947b9bf64",
        "faster/wraps_of_text.py `contexts_kept`: nothing but the style decides, and nobody"
        " changes what it gives",
    ),
    Part(
        "weasyprint.formatting_structure.boxes",
        "Box.is_in_normal_flow",
        "5f49d6ab23da7e51",
        "faster/wraps_of_boxes.py `flow_at_once`: the values of which none takes a box out",
    ),
    Part(
        "weasyprint.layout.background",
        "layout_box_backgrounds",
        "617a870678c82755",
        "faster/wraps_of_boxes.py `backgrounds_when_there`: what it gives a box of which"
        " nothing is painted, and by which values of its style",
    ),
    Part(
        "weasyprint.draw.border",
        "draw_border",
        "8ba918f30893929f",
        "faster/wraps_of_boxes.py `borders_when_there`: of what it draws anything",
    ),
    Part(
        "weasyprint.draw.border",
        "draw_outline",
        "c98afcef4e21d301",
        "faster/wraps_of_boxes.py `outlines_when_there`: it draws the outlines of a box and of"
        " all boxes that lie in it, and nothing for one without width",
    ),
    Part(
        "tinyhtml5.tokenizer",
        "HTMLTokenizer",
        "f5600c5f68db0a86",
        "faster/wraps_of_files.py `tags_cut_quickly`: what a tag comes to that has a plain name"
        " and plain attributes, each once and between quotation marks",
    ),
    Part(
        "weasyprint.svg.path",
        "path",
        "194cd562b8d98251",
        "faster/wraps_of_boxes.py `lines_at_once`: what it draws of moves and straight lines,"
        " and that angles are for markers alone",
    ),
    Part(
        "cssselect2.compiler",
        "_compile_node",
        "9a4b58568dfe6a8c",
        "faster/wraps_of_selectors.py: by which names a selector looks beside an element or"
        " within, and that values of attributes stand in it as texts",
    ),
    Part(
        "cssselect2",
        "Matcher",
        "a651e3a3f14e94a1",
        "faster/wraps_of_selectors.py `selectors_once`: its lists, with the function of each"
        " selector first, and in which of them `match` looks for an element",
    ),
    Part(
        "cssselect2.compiler",
        "CompiledSelector",
        "384272fc93d65da3",
        "faster/kept_sheets.py: a selector is a function of nothing but these three names",
    ),
    Part(
        "weasyprint",
        "CSS.__init__",
        "8263e6979a389242",
        "faster/kept_sheets.py: what is read goes into `matcher` and `page_rules`, but for"
        " styles of counters, layers, fonts and colours; it is called for a `style` with `string`",
    ),
    Part(
        "weasyprint.css",
        "preprocess_stylesheet",
        "1e8c36ce59677a54",
        "faster/kept_sheets.py: what a rule says does not hang on the rules before it, but for"
        " their order; the rule itself, first in what is read of a page, is not looked at again",
    ),
    Part(
        "tinyhtml5.inputstream",
        "HTMLUnicodeInputStream.chars_until",
        "dfe353323dff1fdc",
        "faster/wraps_of_files.py `markup_cut_quickly`: which pattern it makes for which"
        " characters; that it keeps it may have been mended",
    ),
    Part(
        "pyphen",
        "HyphDict",
        "57e31328eef1fd65",
        "faster/hyphens.py `patterns_when_asked`: how a line is read, and that of `patterns`"
        " nothing is asked but `get`",
    ),
    Part(
        "weasyprint.text.line_break",
        "first_line_metrics",
        "55ec5d0b58b29a8b",
        "faster/wraps_of_text.py `layouts_kept`: the layout holds the text of the line alone",
    ),
    Part(
        "weasyprint.css",
        "ComputedStyle.__missing__",
        "b318d8efc8ac79d7",
        "faster/wraps_of_styles.py `plain_styles_at_once`, `initial_styles_together`: which"
        " properties need more than to be inherited or initial",
    ),
    Part(
        "weasyprint.css",
        "AnonymousStyle",
        "414bbf41061e0a4a",
        "faster/wraps_of_styles.py `initial_styles_together`: the same, and how it is made;"
        " faster/wraps_of_text.py: all that a text is set by is that of its parent, but for"
        " lines under it and for what stands there already",
    ),
    Part(
        "weasyprint.formatting_structure.build",
        "compute_content_list",
        "3a5674cabd84f48a",
        "faster/wraps_of_numbers.py `targets_by_name`: both slips may have been mended",
    ),
    Part(
        "weasyprint.formatting_structure.build",
        "build_formatting_structure",
        "cec02c4844472c92",
        "faster/wraps_of_numbers.py `numbers_guessed`: the place of its arguments, and that"
        " nothing is laid out yet",
    ),
    Part(
        "weasyprint.css.targets",
        "TargetCollector",
        "ea382c293323197b",
        "faster/wraps_of_numbers.py `targets_by_name`, `numbers_in_time`, `numbers_guessed`,"
        " `numbers_in_place`: when an item is pending, who reads the counters of a target, and that"
        " a number which is told late marks the page that names it",
    ),
    Part(
        "weasyprint.layout.page",
        "make_all_pages",
        "b5e4034894841caa",
        "render/pdf/last_page.py has pages made again whose state says `content_changed`",
    ),
    Part(
        "weasyprint.layout",
        "layout_document",
        "a5cbf437e99caf72",
        "render/pdf/last_page.py: pages are made first with none before them, and what they hold"
        " is counted behind that",
    ),
    Part(
        "weasyprint.layout.page",
        "make_page",
        "656f183328e8b1b5",
        "faster/wraps_of_numbers.py `numbers_in_place`: what a page is made of and in which"
        " order, and that all its boxes hang on it",
    ),
    Part(
        "weasyprint.layout.inline",
        "split_text_box",
        "8c564329599ef23f",
        "faster/wraps_of_numbers.py `numbers_in_place`: all that a line gives a text but its place",
    ),
    Part(
        "weasyprint.layout.column",
        "columns_layout",
        "7a05cce3272fc581",
        "faster/wraps.py `columns_at_once`: a trial without a box leaves the height as it is",
    ),
    Part(
        "weasyprint.layout.block",
        "block_box_layout",
        "a6279066e3d9ff7d",
        "faster/wraps.py `columns_at_once`: the place of its arguments, and that it gives"
        " six values",
    ),
    Part(
        "weasyprint.text.ffi",
        "_dlopen",
        "9ab3167cbc804871",
        "render/pdf/write.py lets no library be looked up: on Linux, one of the names has to"
        " be the one of the file",
    ),
    Part(
        "weasyprint.formatting_structure.build",
        "build_formatting_structure",
        "cec02c4844472c92",
        "texts/runs.py takes its boxes apart before they are laid out: lines are `LineBox`,"
        " and nothing else is asked of a box than its children, text, style and element",
    ),
    Part(
        "weasyprint.draw.text",
        "draw_first_line",
        "1bb8eae6d88e71b1",
        "texts/letters.py and turns.py wrap it: it draws the glyphs of `runs` as they stand"
        " there, says what one stands for where nobody has, and shows rows of hexadecimal digits;"
        " `rows_at_once` of faster/wraps_of_text.py does the same for lines that hold nothing"
        " unusual",
    ),
    Part(
        "weasyprint.draw.text",
        "draw_text",
        "ebaf96239c6ca363",
        "faster/wraps_of_text.py `layouts_kept`: what was drawn is as it was before, but"
        " where a text is cut off; it is called with what cuts it as the last two;"
        " `blanks_at_once`: what it draws of a space that has no line under, over or through it",
    ),
    Part(
        "weasyprint.pdf.fonts",
        "Font.__init__",
        "1f281166b10302a4",
        "texts/blanks.py: `hash` names a font in the file, `to_unicode` and `widths` say"
        " what its glyphs are, `hb_face` where they are read",
    ),
    Part(
        "weasyprint.pdf.stream",
        "Stream.add_font",
        "e4226e1117477217",
        "texts/blanks.py: `_fonts` are those that the file will have, each by its `hash`",
    ),
    Part(
        "weasyprint.pdf.stream",
        "Stream.set_font_size",
        "34b9096d1555895d",
        "texts/letters.py: it is called before each text with the `hash` of its font",
    ),
    Part(
        "weasyprint.text.fonts",
        "FontConfiguration.__init__",
        "9fdb532fe2c80013",
        "render/pdf/fonts.py adds files to `_config`, and tells `font_map` of it",
    ),
)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: f"{part.module}.{part.name}")
def test_what_we_rely_on_is_as_it_was(part: Part) -> None:
    """It is there, and its source is the one that was read."""
    source = inspect.getsource(part.value)  # type: ignore[arg-type] # a class or a function
    digest = hashlib.sha256(source.encode()).hexdigest()[:16]
    assert digest == part.digest, f"{part.module}.{part.name} has changed: look at {part.look_at}"


def test_no_other_private_part_is_used() -> None:
    """What begins with an underscore and is not our own is in the table."""
    folder = PACKAGE / "render" / "pdf"
    used = {
        node.attr
        for path in folder.rglob("*.py")
        for node in nodes(path)
        if isinstance(node, ast.Attribute)
        and node.attr.startswith("_")
        and not node.attr.startswith("__")
        and not (isinstance(node.value, ast.Name) and node.value.id == "self")
    }
    assert used == {"_build_box_tree", "_config", "_fonts", "_page_box", "_to_bytes"}
