"""The map of a brief, where one tells more than the names of countries do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import jinja2

from briefings.core.edition import PlaceView
from briefings.core.model import LocalText
from briefings.render.figures import locator as maps
from briefings.render.figures.atlas import Atlas, Country, atlas
from briefings.render.html.environment import source
from briefings.render.l10n.locales import Locale

LEAST_PLACES = 2
"""How many places inside of countries make a map."""

_BORDERS = "map/countries-50m.json"


def world_map(
    templates: jinja2.Environment, places: Sequence[PlaceView], locale: Locale, size: maps.Type
) -> maps.Locator | None:
    """The places on a cut-out of the world; None where fewer than two are below a country.

    Args:
        templates: Their folders hold the borders.
        places: Those that the brief names and that have coordinates.
        locale: It names them.
        size: What discs and letters take up on the medium.
    """
    if len(places) < LEAST_PLACES:
        return None
    world = atlas(source(templates, _BORDERS))
    countries = [(view, _country(view.place.name, world)) for view in places]
    below = [view for view, country in countries if country is None]
    if len(below) < LEAST_PLACES:
        return None
    outlined = [(view, country) for view, country in countries if country is not None]
    return maps.locator(
        below, world, _place_name(locale), _country_name(locale), size, told=outlined
    )


def _country(name: LocalText, world: Atlas) -> Country | None:
    """The country that is called as a place is, in any language that the desk has for it."""
    named = (_countries(world, code).get(text.casefold()) for code, text in name.forms)
    return next((country for country in named if country is not None), None)


@lru_cache(maxsize=16)
def _countries(world: Atlas, language: str) -> Mapping[str, Country]:
    name_of = _country_name(Locale(language))
    return {name_of(country).casefold(): country for country in world.countries}


def _place_name(locale: Locale) -> Callable[[PlaceView], str]:
    return lambda view: view.place.name.best(locale.language)[1]


def _country_name(locale: Locale) -> Callable[[Country], str]:
    def name(country: Country) -> str:
        return (locale.territory(country.code) if country.code else None) or country.name

    return name
