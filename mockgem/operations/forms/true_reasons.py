"""Why a well-known statement is true or false, in a sentence."""

from __future__ import annotations

from mockgem.operations.forms.known_truths import follows, read_rows

REASONS = """
great wall visible: The wall is far too narrow to be seen from the Moon with the naked eye.
earth flat: The Earth is a slightly flattened sphere.
earth round/sphere: Gravity pulls a body of this size into the shape of a ball.
sun orbits/orbit/revolves/around earth: The Earth orbits the Sun once a year.
earth orbits/orbit/revolves/around sun: The Earth needs about 365 days for one orbit.
whale/dolphin fish: Whales and dolphins are mammals: they breathe air and nurse their young.
whale/dolphin/bat mammal: They breathe air and nurse their young with milk.
spider insect: Spiders are arachnids with eight legs, insects have six.
bat blind: All bats can see, and many also find their way by echo.
tomato/tomatoes fruit: Botanically a tomato is a berry, because it grows from a flower with seeds.
tomato/tomatoes vegetable: Botanically a tomato is a fruit, although cooks use it as a vegetable.
html programming language: HTML is a markup language that describes the structure of a page.
python programming language: Python is a general-purpose programming language.
sound faster light: Light travels almost a million times faster than sound in air.
light faster sound: Light travels at about 300,000 km per second, sound in air at 0.34 km.
pluto planet: Pluto has been classified as a dwarf planet since 2006.
africa country: Africa is a continent with 54 countries.
water boil/boils 100: At sea level water boils at 100 °C.
water freeze/freezes 0/zero: At normal pressure water freezes at 0 °C.
penguin/ostrich fly: These birds have wings but cannot fly.
shark mammal: Sharks are fish: they breathe with gills.
moon star: The Moon is a natural satellite that reflects the light of the Sun.
sun star: The Sun makes its own light by nuclear fusion.
sun planet: The Sun is a star that makes its own light.
moon cheese: The Moon consists of rock.
diamond hardest: Diamond is the hardest natural material.
lightning same place: Lightning often strikes the same place again, above all tall buildings.
human 10 brain: Brain scans show that people use nearly all of their brain.
goldfish memory: Goldfish can remember things for months.
everest tallest/highest: Mount Everest rises 8,849 metres above the sea.
jupiter largest/biggest planet: Jupiter has more mass than all other planets together.
ice floats/float: Ice is less dense than liquid water.
mars/venus closest sun: Mercury is the planet that is closest to the Sun.
antibiotics virus/viruses: Antibiotics act on bacteria and do nothing against viruses.
"""
LINES = [line.partition(": ") for line in REASONS.strip().splitlines()]
ROWS = [(read_rows(words)[0], reason) for words, _, reason in LINES]


def find_reason(text: str) -> str:
    """Return a sentence about a well-known statement; empty if it is unknown."""
    words = "".join(one if one.isalnum() else " " for one in text[:600].lower()).split()
    return next((reason for row, reason in ROWS if follows(row, words)), "")
