"""Which sentence is said where: complaints at first, suggestions later, none twice in one community."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from .read_corpus import CommunityPlan, Sentence, decisions, me_too, phrases, sentences

TWICE = 2  # the most often one sentence is said in the whole town
TOLD_OF_A_PLACE = ("answer", "kept", "contact", "carry", "dispute", "after_dispute")
KEPT_BACK = 4  # reports against persons, for the restricted desk of today
CURVE = 22  # by this meeting the turn from complaint to suggestion is complete
FALLBACK = ("complaint", "request", "question", "suggestion")


@dataclass(frozen=True)
class Said:
    """A sentence in somebody's mouth: words and place filled in, and whether it was said elsewhere before."""

    sentence: Sentence
    words: str
    place: str
    second: bool = False


def weights(number: int) -> dict[str, float]:
    """How likely each kind is at a community's meeting of this number."""
    turn = min(number - 1, CURVE) / CURVE
    return {
        "complaint": 0.64 - 0.48 * turn,
        "suggestion": 0.04 + 0.48 * turn,
        "request": 0.15 - 0.02 * turn,
        "question": 0.13 - 0.02 * turn,
        "report": 0.03,
        "praise": 0.0 if number < 4 else 0.01 + 0.03 * turn,
    }


@dataclass
class Sayings:
    """Draws sentences by chance and remembers what was said where."""

    random: Random
    said: Counter[str] = field(default_factory=Counter)
    heard: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def say(self, plan: CommunityPlan, *, number: int, plainly: bool = False) -> Said:
        """A sentence for this community's meeting; ``plainly``: nothing private, nothing against a person."""
        kinds = weights(number)
        wanted = self.random.choices(list(kinds), list(kinds.values()))[0]
        for kind in (wanted, *FALLBACK):
            found = self._free(plan, kind, plainly=plainly)
            if found:
                return self._speak(plan, self.random.choice(found))
        raise ValueError(f"nothing left to say in {plan.short_code}")

    def decided(self, plan: CommunityPlan, way: str) -> Said | None:
        """A matter that goes this way; None when nobody here would say one of those left."""
        if way == "restricted_open":
            possible = [s for s in sentences() if s.restricted]
        else:
            possible = list(decisions(way.removesuffix("_unread")))
        found = [s for s in possible if s.fits(plan.kind) and not self.said[s.words]]
        return self._speak(plan, self.random.choice(found)) if found else None

    def same_as(self, plan: CommunityPlan, first: Said) -> Said | None:
        """Somebody who means the same thing as ``first``, in a sentence of their own."""
        found = [words for words in me_too() if not self.said[words]]
        if not found:
            return None
        sentence = replace(first.sentence, words=self.random.choice(found))
        return replace(self._speak(plan, sentence), place=first.place)

    def take_back(self, plan: CommunityPlan, said: Said) -> None:
        """The sentence was not said after all: another takes its place."""
        self.said[said.sentence.words] -= 1
        self.heard[plan.short_code].discard(said.sentence.words)

    def _free(self, plan: CommunityPlan, kind: str, *, plainly: bool) -> list[Sentence]:
        """Sentences of a kind that fit, those never said yet before those said once elsewhere."""
        fitting = [
            s
            for s in sentences()
            if s.kind == kind
            and s.fits(plan.kind)
            and s.words not in self.heard[plan.short_code]
            and not (plainly and (s.private or s.restricted))
        ]
        fresh = [s for s in fitting if not self.said[s.words]]
        if kind == "report" and len(fresh) <= KEPT_BACK:
            return []
        return fresh or [s for s in fitting if self.said[s.words] < TWICE and not s.restricted]

    def _speak(self, plan: CommunityPlan, sentence: Sentence) -> Said:
        second = self.said[sentence.words] > 0
        self.said[sentence.words] += 1
        self.heard[plan.short_code].add(sentence.words)
        place = self.random.choice(plan.spots)
        names = {"{路}": self.random.choice(plan.roads), "{河}": plan.rivers[0], "{处}": place}
        lead = self.random.choice(phrases()["lead_in"]) if second else ""
        return Said(_filled(sentence, names), lead + _fill(sentence.words, names), place, second)


def _filled(sentence: Sentence, names: dict[str, str]) -> Sentence:
    """The sentence with the names of this community in everything that is said about it."""
    filled: dict[str, Any] = {name: _fill(getattr(sentence, name), names) for name in TOLD_OF_A_PLACE}
    return replace(sentence, **filled)


def _fill(text: str, names: dict[str, str]) -> str:
    for slot, name in names.items():
        text = text.replace(slot, name)
    return text
