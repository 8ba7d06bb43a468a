"""Questions composed once give the same rows as the ORM, whatever values they are asked with."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db.models import Count, QuerySet

from tests.cast import Cast, build_cast
from zhouzhouhui.models import Community, Matter, Meeting
from zhouzhouhui.queries.composed import Composed

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    made = build_cast()
    meeting = made.open()
    for words in ("一", "二", "三"):
        made.raise_at(meeting, words)
    made.raise_between("四", community=made.whc)
    return made


def matters(*, town_id: UUID, community_id: UUID) -> QuerySet[Matter]:
    rows = Matter.objects.filter(town_id=town_id, community_id=community_id).select_related("community", "due_meeting")
    return rows.only("words", "number_place", "community__name", "due_meeting__scheduled_at").order_by("number_place")


def told(rows: Any) -> list[Any]:
    return [(m.id, m.words, m.community.name, m.due_meeting.scheduled_at) for m in rows]


def test_rows_with_their_neighbours_are_the_same_for_every_value(cast: Cast, django_assert_num_queries: Any) -> None:
    ask = Composed(matters)
    for community in (cast.yxy, cast.whc, cast.yxy):
        wanted = told(matters(town_id=cast.town.id, community_id=community.id))
        with django_assert_num_queries(1):
            assert told(ask(town_id=cast.town.id, community_id=community.id)) == wanted
    assert ask(town_id=cast.town.id, community_id=uuid4()) == []
    assert ask.first(town_id=uuid4(), community_id=cast.yxy.id) is None


def test_tuples_come_in_the_order_that_was_asked_for(cast: Cast) -> None:
    def counts(*, town_id: UUID) -> Any:
        rows = Matter.objects.filter(town_id=town_id).order_by("community_id")
        return rows.values("community_id").annotate(n=Count("id")).values_list("n", "community_id")

    def names(*, town_id: UUID) -> Any:
        return Community.objects.filter(town_id=town_id).order_by("code").values_list("name", flat=True)

    assert Composed(counts)(town_id=cast.town.id) == list(counts(town_id=cast.town.id))
    assert Composed(names)(town_id=cast.town.id) == list(names(town_id=cast.town.id))


def test_lists_moments_words_and_nothing_may_be_asked_about(cast: Cast) -> None:
    def meetings(*, ids: list[UUID], state: str, after: Any, number: int | None) -> QuerySet[Meeting]:
        rows = Meeting.objects.filter(id__in=ids, state=state, scheduled_at__gt=after)
        return (rows if number is None else rows.filter(number=number)).order_by("scheduled_at")

    ask = Composed(meetings)
    everything = list(Meeting.objects.order_by("scheduled_at"))
    for count in (1, 2, 3, len(everything)):
        for state, number in (("called", None), ("open", 1), ("open", 2)):
            given: dict[str, Any] = {
                "ids": [m.id for m in everything[:count]], "state": state, "number": number,
                "after": everything[0].called_at,
            }  # fmt: skip
            assert ask(**given) == list(meetings(**given))


def test_a_value_that_the_question_does_not_use_is_refused(cast: Cast) -> None:
    def careless(*, town_id: UUID, community_id: UUID) -> QuerySet[Matter]:
        return Matter.objects.filter(town_id=town_id)

    with pytest.raises(ValueError, match="community_id"):
        Composed(careless)(town_id=cast.town.id, community_id=cast.yxy.id)


@pytest.mark.parametrize("odd", [True, 1.5, b"x"])
def test_a_value_that_cannot_be_marked_is_refused(cast: Cast, odd: Any) -> None:
    with pytest.raises(TypeError):
        Composed(lambda *, x: Matter.objects.filter(number_place=x))(x=odd)


def test_an_empty_list_and_another_kind_of_queryset_are_refused(cast: Cast) -> None:
    with pytest.raises(ValueError, match="empty"):
        Composed(lambda *, ids: Matter.objects.filter(id__in=ids))(ids=[])
    with pytest.raises(TypeError):
        Composed(lambda *, t: Matter.objects.filter(town_id=t).values("id"))(t=cast.town.id)
