"""Figures as they are drawn: every step of the whole laid out, and four figures that are never added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhouzhouhui.rules.figures import Figures
from zhouzhouhui.wording.figures import MEANINGS

from .spoken import say_count


@dataclass(frozen=True)
class Bar:
    """One row of the stairs: from where to where of the whole it reaches, and how it looks."""

    name: str
    start: int
    n: int
    of: int
    look: str = ""
    is_sum: bool = False

    @property
    def left(self) -> str:
        """Where it begins, as an SVG length."""
        return f"{100 * self.start / self.of:.2f}%" if self.of else "0%"

    @property
    def right(self) -> str:
        """Where it ends."""
        return f"{100 * (self.start + self.n) / self.of:.2f}%" if self.of else "0%"

    @property
    def width(self) -> str:
        """How long it is."""
        return f"{100 * self.n / self.of:.2f}%" if self.of else "0%"


def steps_of(figures: Figures, overdue: int) -> list[Bar]:
    """All that was raised, laid out without rest: what was answered in which way, and what was not."""
    counts = figures.counts
    whole, told = counts["raised"], counts["closed_or_answered"]
    given = counts["solved"] + counts["partly"] + counts["adopted"] + counts["promised"]
    answered = [
        (_("已解决"), counts["solved"], ""),
        (_("部分解决"), counts["partly"], ""),
        (_("已采纳"), counts["adopted"], ""),
        (_("解释说明、留作参考、已引导"), told - given, "told"),
        (_("答复了，承诺了日期在办"), counts["promised"], "promise"),
    ]
    waiting = counts["open"] - overdue
    unanswered = [
        (_("到期没答，会上说明了原因"), overdue, "due"),
        (_("挂账：暂时办不了，定期复核"), counts["shelved"], "shelved"),
        (_("不予受理，或决定还没念"), counts["declined"] + counts["referred_unread"], "told"),
        (_("还没到该答的会"), waiting, "wait"),
    ]
    return [
        Bar(_("全部诉求"), 0, whole, whole, is_sum=True),
        Bar(_("办结或答复"), 0, told, whole, is_sum=True),
        *_laid_out(answered, 0, whole),
        Bar(_("还没有答复"), told, whole - told, whole, is_sum=True),
        *_laid_out(unanswered, told, whole),
    ]


def _laid_out(parts: list[tuple[str, int, str]], start: int, whole: int) -> list[Bar]:
    bars = []
    for name, n, look in parts:
        if n > 0:
            bars.append(Bar(name, start, n, whole, look))
            start += n
    return bars


@dataclass(frozen=True)
class Figure:
    """A figure with its parts and its definition. `rated` has the four words of satisfaction, in order."""

    name: str
    n: int
    of: int
    says: str
    leaves_out: str = ""
    rated: Mapping[str, int] | None = None

    @property
    def basically_from(self) -> str:
        """Where the share of "basically satisfied" begins in the ruler."""
        return f"{100 * self.rated['satisfied'] / self.of:.2f}%" if self.rated and self.of else "0%"

    @property
    def basically(self) -> str:
        """How long it is."""
        return f"{100 * self.rated['basically'] / self.of:.2f}%" if self.rated and self.of else "0%"

    @property
    def satisfied(self) -> str:
        """The share of "satisfied"."""
        return f"{100 * self.rated['satisfied'] / self.of:.2f}%" if self.rated and self.of else "0%"


def _figure(key: str, n: int, of: int, leaves_out: str, rated: Mapping[str, int] | None = None) -> Figure:
    meaning = MEANINGS[key]
    return Figure(str(meaning.name), n, of, str(meaning.definition), leaves_out, rated)


def four_figures(figures: Figures) -> list[Figure]:
    """Answered, solved, on time, satisfied: four figures, four meanings."""
    counts, result = figures.counts, figures.result
    rated = result["satisfied"] + result["basically"] + result["not"]
    satisfied = result["satisfied"] + result["basically"]
    return [
        _figure(
            "closed_or_answered", counts["closed_or_answered"], counts["raised"],
            _("阶段性说明不算；并案、撤回不进分母。"),
        ),
        _figure(
            "solved", counts["solved"], counts["raised"],
            _("承诺了还没办到的不算；解释清楚了的不算。"),
        ),
        _figure("on_time", counts["on_time"], counts["have_been_due"], _("还没到期的不进分母。")),
        _figure(
            "satisfaction", satisfied, rated,
            _("没有评价的 %(count)s另列，不算进任何一边。") % {"count": say_count(result["unrated"])}, result,
        ),
    ]  # fmt: skip


def more_figures(figures: Figures) -> list[Figure]:
    """The figures that only the page of figures shows."""
    counts = figures.counts
    solved, raised = counts["solved"], counts["raised"]
    return [
        _figure("confirmed_by_raiser", counts["confirmed_by_raiser"], solved, _("工作人员代记的、没有回话的不算。")),
        _figure("confirmed_by_staff", counts["confirmed_by_staff"], solved, _("不和提出人自己说的相加。")),
        _figure("partly", counts["partly"], raised, _("不加进实际解决。")),
        _figure("adopted", counts["adopted"], raised, _("不加进实际解决。")),
        _figure("on_the_spot", counts["on_the_spot"], raised, _("不进按期答复的分母。")),
        _figure("carried_over", counts["carried_over"], raised, _("不算答复；后来答复了的也在里面。")),
    ]
