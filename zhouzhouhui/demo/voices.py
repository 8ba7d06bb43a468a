"""Who speaks in the demo: residents with invented names and numbers nobody has, or nobody by name."""

from random import Random

from ..actions._speaker import Speaker
from .read_corpus import CommunityPlan, name_parts

ANONYMOUS = 0.35


def speaker_for(plan: CommunityPlan, random: Random, *, number: int) -> Speaker | None:
    """Somebody who says who they are, or None for an anonymous voice. ``number`` makes the phone number their own."""
    if random.random() < ANONYMOUS:
        return None
    parts = name_parts()
    name = random.choice(parts.surnames) + random.choice(parts.second) + random.choice(parts.third)
    home = f"{random.randrange(1, 40)}号{random.randrange(1, 7)}0{random.randrange(1, 5)}室"
    if plan.kind == "village":
        home = f"第{random.randrange(1, 10)}组{random.randrange(1, 60)}号"
    return Speaker(
        name=name,
        phone=f"1990000{number % 10_000:04d}",
        address=home,
        former_village=random.choice(plan.former_villages) if plan.former_villages else "",
        notice=True,
        consent=True,
    )
