"""The data that a brief carries of itself, read back from its PDF."""

from __future__ import annotations

from briefings.core.limits import DATA
from briefings.render.html.embedded import NoData
from briefings.render.pdf.reader import UnreadablePdf, read_pdf, unpacked, unsigned


def from_pdf(content: bytes) -> str:
    """The data of a PDF of ours, signed or not: its one embedded file.

    Raises:
        NoData: It is no PDF of ours, or holds no such file, or too large a one.
    """
    try:
        pdf = read_pdf(unsigned(content) or content)
        with pdf.document:
            files = [each for each in pdf.streams.values() if each.get("/Type") == "/EmbeddedFile"]
            if len(files) != 1:
                several = f"{len(files)} files are embedded in it"
                raise NoData(several if files else "it carries no data of a brief")
            if files[0].get("/Subtype") != "/application/json":
                raise NoData("what is embedded in it is no JSON")
            return unpacked(files[0], DATA).decode()
    except UnreadablePdf as error:
        raise NoData(str(error)) from None
    except UnicodeDecodeError:
        raise NoData("its data are not UTF-8") from None
