"""zhouzhouhui token."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime

from zhouzhouhui.commands._towns import add_town_argument, town_asked
from zhouzhouhui.commands.refusal import CommandRefused

NAME = "token"
HELP = "给程序发一个令牌，以某个人的名义使用 API (a bearer token in a person's name)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """In whose name, and for how long."""
    add_town_argument(parser)
    parser.add_argument("--person", required=True, metavar="NAME", help="登录名或姓名 (sign-in name or name)")
    parser.add_argument("--name", default="", help="令牌用在哪里，写给自己看 (what it is for)")
    parser.add_argument("--days", type=int, help="有效天数；不写则直到撤销 (days it holds)")


def run(asked: argparse.Namespace) -> int:
    """Print the token; it is shown this once."""
    from django.db.models import Q

    from zhouzhouhui.actions.issue_token import issue_token
    from zhouzhouhui.models import Person
    from zhouzhouhui.rules.powers import CLOCK
    from zhouzhouhui.rules.refusals import Refused
    from zhouzhouhui.wording.refusals import sentence

    town = town_asked(asked.town)
    rows = Person.objects.filter(town=town, is_active=True)
    people = list(rows.filter(Q(login=asked.person) | Q(name=asked.person)).select_related("town")[:2])
    if not people:
        raise CommandRefused(f"{town.name}没有 {asked.person} 这个人。 (no such person)")
    if len(people) > 1:
        raise CommandRefused(f"叫 {asked.person} 的不止一人，请写登录名。 (several: write the sign-in name)")
    try:
        raw = issue_token(person=people[0], by=CLOCK, at=datetime.now(UTC), name=asked.name, days=asked.days)
    except Refused as refused:
        raise CommandRefused(sentence(refused)) from None
    sys.stdout.write(raw + "\n")
    return 0
