"""What stands below the days of a plan in a table: training, study, cleaning, posts."""

from __future__ import annotations

import re

from mockgem.operations.forms.lazy_patterns import make_regex

DAY = make_regex(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|day \d|weekend|weekdays?", re.I)
PLANS = (
    (
        r"\brunn(?:ing|er)\b|\bjog\w*|\bmarathon|\b(?:5|10) ?k\b",
        "2 km easy run|3 km run and walk|20 min brisk walk|3 km easy run|4 × 2 min faster"
        "|30 min easy run|4 km run|Rest and stretch|5 km easy run|6 × 1 min faster|5 km run"
        "|6 km run",
    ),
    (
        r"\bworkouts?\b|\bgym\b|\bstrength\b|\bfitness\b|\btraining\b|\bexercise",
        "Squats, 3 × 12|Push-ups, 3 × 10|Rest|Plank, 3 × 40 s|Lunges, 3 × 10|30 min cycling"
        "|Rows, 3 × 12|Stretching",
    ),
    (
        r"\byoga\b|\bstretch\w*|\bpilates\b",
        "Sun salutation|Balance poses|Rest|Hip openers|Breathing, 10 min|Back stretches|Slow flow",
    ),
    (
        r"\bstudy\w*|\blearn\w*|\bexam\b|\bcourse\b|\blanguage\b|\bhomework\b|\brevision\b",
        "Read chapter 1|20 new words|Exercises|Review the notes|Practice test|Listen to a podcast"
        "|Talk for 15 min|Free",
    ),
    (
        r"\bclean\w*|\bchores?\b|\bhousehold\b",
        "Kitchen|Bathroom|Vacuum|Laundry|Dust the shelves|Take out the rubbish|Change the beds",
    ),
    (
        r"\bposts?\b|\bcontent\b|\bsocial media\b|\bnewsletter\b|\beditorial\b",
        "Tip of the week|Customer story|Behind the scenes|Question to readers|New product"
        "|Short video|Quote",
    ),
    (
        r"\bshifts?\b|\brota\b|\broster\b|\bstaff\b",
        "Early|Late|Off|Early|Night|Late|Off",
    ),
    (
        r"\bkids?\b|\bchild\w*|\btoddler\b|\bactivit\w+|\bholiday\b",
        "Painting|Playground|Baking|Library|Board games|Swimming|Picnic",
    ),
)
COMPILED = [(make_regex(words), cells.split("|")) for words, cells in PLANS]


def list_day_cells(column: str, text: str) -> list[str]:
    """Return what may stand below a day in a plan; empty for other columns or plans."""
    if DAY.fullmatch(column.strip()) is None:
        return []
    lower = text.lower()
    return next((cells for words, cells in COMPILED if words.search(lower)), [])
