"""Figures as they are drawn: every step of the whole laid out, and four figures that are never added up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zhouzhouhui.rules.figures import Figures

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
        (_("不予受理，或引导的决定还没念"), counts["declined"] + counts["referred_unread"], "told"),
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


def four_figures(figures: Figures) -> list[Figure]:
    """Answered, solved, on time, satisfied: four figures, four meanings."""
    counts, result = figures.counts, figures.result
    rated = result["satisfied"] + result["basically"] + result["not"]
    return [
        Figure(
            _("办结或答复"),
            counts["closed_or_answered"],
            counts["raised"],
            _("当面给过正式答复、现在没有被推翻的，占全部诉求。阶段性说明不算答复。"),
            _("阶段性说明不算；有异议、重新办理的，再答以前不算；并案、撤回不进分母。"),
        ),
        Figure(
            _("实际解决"),
            counts["solved"],
            counts["raised"],
            _("最后一次答复是“已解决”，提出人没有异议。部分解决和已采纳另外数，不加进来。"),
            _("承诺了还没办到的不算；解释清楚了的不算；部分解决、已采纳不算。"),
        ),
        Figure(
            _("按期答复"),
            counts["on_time"],
            counts["have_been_due"],
            _("第一次到期的那次会上就答复了的，占所有到过期的。"),
            _("当场就答的另外数；会取消了，错过的日子也算没有按期；还没到期的不进分母。"),
        ),
        Figure(
            _("满意和基本满意"),
            result["satisfied"] + result["basically"],
            rated,
            _("对办理结果的评价，只除以评价过的。没有评价的，不算满意，也不算不满意。"),
            _("没有评价的 %(count)s另列，不算进任何一边。") % {"count": say_count(result["unrated"])},
            rated=result,
        ),
    ]


def more_figures(figures: Figures) -> list[Figure]:
    """The figures that only the page of figures shows."""
    counts = figures.counts
    return [
        Figure(
            _("本人确认解决"),
            counts["confirmed_by_raiser"],
            counts["solved"],
            _("实际解决的里面，提出人自己说解决了的。"),
            _("工作人员代记的 %(count)s另外数；没有回话的不算。") % {"count": say_count(counts["confirmed_by_staff"])},
        ),
        Figure(
            _("部分解决"),
            counts["partly"],
            counts["raised"],
            _("最后一次答复是“部分解决”。"),
            _("不加进实际解决。"),
        ),
        Figure(
            _("已采纳"),
            counts["adopted"],
            counts["raised"],
            _("最后一次答复是“已采纳”，多半是建议。"),
            _("不加进实际解决。"),
        ),
        Figure(
            _("当场答复"),
            counts["on_the_spot"],
            counts["raised"],
            _("提出的那次会上当场就答复了。"),
            _("不进按期答复的分母。"),
        ),
        Figure(
            _("说过阶段性答复"),
            counts["carried_over"],
            counts["raised"],
            _("到期没答、在会上当众说过原因，至少一次。"),
            _("后来答复了的也在里面。"),
        ),
    ]
