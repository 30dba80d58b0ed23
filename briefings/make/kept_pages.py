"""What an earlier build has made, found again by all that it was made of."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from briefings.core import files
from briefings.core.artifacts import Artifact
from briefings.core.digests import Digests
from briefings.core.languages import chain
from briefings.core.values import dataclass
from briefings.output.program import code_digest
from briefings.output.store import RunStore, Store, key_of
from briefings.render.html.jobs import Page, PageJob
from briefings.workers.scripts import digest
from briefings.workers.templates import TemplateRunner, font_digests

ANEW = "what it shows is new"
"""Why a page is made that was never made before."""


@dataclass(frozen=True, slots=True)
class Lookup:
    """A page that was kept; or None, and why there is none, in one lower-case clause."""

    page: Page | None
    why: str = ""


class KeptPages:
    """Pages by their jobs, each good as long as every template that it was made with is the same.

    Args:
        store: Where they are.
        runner: Who makes those that are not there.
    """

    def __init__(self, store: Store | RunStore, runner: TemplateRunner) -> None:
        self.store = store
        self.runner = runner
        self._digests = Digests()
        self._template = runner.template_digests()
        # A template that comes up, or is gone, may be one that any page has looked for.
        self._names = key_of(*_names(runner.templates))

    def find(self, job: PageJob) -> Lookup:
        """The page of a job."""
        content = self.store.get(self._key(job))
        if content is None:
            return Lookup(None, ANEW)
        kept: Any = json.loads(zlib.decompress(content))
        reads: Mapping[str, str] = kept["reads"]
        for path, before in reads.items():
            if self._template(path) != before:
                return Lookup(None, f"{path} has changed")
        if kept["names"] != self._names:
            return Lookup(None, "a template has come or gone")
        if kept["words"] != self._words(job):
            return Lookup(None, "the desk's own words have changed")
        return Lookup(Page(kept["text"], reads))

    def keep(self, job: PageJob, page: Page) -> None:
        """Keep the page of a job for later builds."""
        kept = {
            "text": page.text,
            "reads": dict(page.reads),
            "names": self._names,
            "words": self._words(job),
        }
        content = json.dumps(kept, ensure_ascii=False).encode()
        self.store.put(self._key(job), zlib.compress(content, 1))

    def _key(self, job: PageJob) -> str:
        return key_of("page", code_digest(), self._digests.of(job))

    def _words(self, job: PageJob) -> str:
        """A digest of the desk's own words that the page of a job may say."""
        spoken = chain(job.language)
        own = (part for words in self.runner.words if words[0] in spoken for part in words)
        return key_of(*own)


def pdf_key(page: str, fonts: Mapping[Path, str], more: Iterable[Path]) -> str:
    """The key of the PDF that is made of a page.

    Args:
        page: The page.
        fonts: The desk's own fonts with their SHA-256, which any PDF of the desk may use.
        more: The fonts of extras that it needs.
    """
    of_fonts = key_of(*font_digests().values(), *fonts.values(), *map(digest, more))
    return key_of("pdf", code_digest(), of_fonts, page)


def clean_key(file: Artifact, sought: str) -> str:
    """The key under which it is kept that a file gives nothing away.

    Args:
        file: The file, whose name is searched too.
        sought: A digest of what was looked for.
    """
    return key_of("clean", code_digest(), sought, file.path, file.media_type, file.content)


def _names(folder: Path | None) -> list[str]:
    names: list[str] = []
    with suppress(OSError):  # that it can't be looked through is told when a page is made
        names = files.listed(folder)[0] if folder is not None and folder.is_dir() else []
    return names
