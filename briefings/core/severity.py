"""How bad a diagnostic is."""

from enum import StrEnum


class Severity(StrEnum):
    """An error stops a build; a warning does so only under `--strict`."""

    ERROR = "error"
    WARNING = "warning"
