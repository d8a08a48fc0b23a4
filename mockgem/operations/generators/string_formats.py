"""The string formats of JSON Schema: a pattern and a generator for each."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from mockgem.operations.generators import faker_pool
from mockgem.operations.generators.seeded_random import SeededRandom

FORMATS: dict[str, tuple[str, Callable[[SeededRandom], str]]] = {
    "date": (r"\d{4}-\d{2}-\d{2}", faker_pool.generate_date),
    "date-time": (
        r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})",
        lambda random: f"{faker_pool.generate_date(random)}T{faker_pool.generate_time(random)}Z",
    ),
    "time": (
        r"\d{2}:\d{2}:\d{2}(?:Z|[+-]\d{2}:\d{2})",
        lambda random: faker_pool.generate_time(random) + "Z",
    ),
    "duration": (
        r"P(?=.)(?:\d+D)?(?:T\d+[HMS])?",
        lambda random: f"PT{random.draw_between(1, 59)}M",
    ),
    "email": (
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
        lambda random: faker_pool.call_faker(random, "email", domain="example.com"),
    ),
    "idn-email": (
        r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+",
        lambda random: faker_pool.call_faker(random, "email", domain="example.com"),
    ),
    "uri": (
        r"[A-Za-z][\w+.-]*:\S+",
        lambda random: f"https://example.com/{faker_pool.call_faker(random, 'slug')}",
    ),
    "url": (
        r"https?://\S+",
        lambda random: f"https://example.com/{faker_pool.call_faker(random, 'slug')}",
    ),
    "uri-reference": (
        r"\S+",
        lambda random: f"https://example.com/{faker_pool.call_faker(random, 'slug')}",
    ),
    "iri": (
        r"[A-Za-z][\w+.-]*:\S+",
        lambda random: f"https://example.com/{faker_pool.call_faker(random, 'slug')}",
    ),
    "hostname": (
        r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*",
        lambda random: faker_pool.call_faker(random, "domain_word") + ".example.com",
    ),
    "uuid": (r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", faker_pool.generate_uuid),
    "ipv4": (r"\d{1,3}(?:\.\d{1,3}){3}", lambda random: f"192.0.2.{random.draw_between(1, 254)}"),
    "ipv6": (
        r"[0-9a-fA-F:.]*:[0-9a-fA-F:.]+",
        lambda random: f"2001:db8::{random.draw_between(1, 9999):x}",
    ),
    "byte": (r"(?:[\w+/]{4})*(?:[\w+/]{2}==|[\w+/]{3}=)?", lambda random: "bW9ja2dlbQ=="),
    "regex": (r".*", lambda random: "^[a-z]+$"),
    "json-pointer": (r"(?:/.*)?", lambda random: "/items/0"),
}


def has_format(value: Any, name: Any) -> bool:
    """Return whether a value has a format; every value has an unknown format."""
    form = FORMATS.get(str(name).lower())
    return form is None or not isinstance(value, str) or re.fullmatch(form[0], value) is not None
