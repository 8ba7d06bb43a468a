"""A photo beside a matter."""

from tests.actions.conftest import Refusal
from tests.cast import Cast
from zhouzhouhui.actions.add_photo import add_photo
from zhouzhouhui.models import Photo


def test_public_only_when_asked_for_and_never_of_private_matters(cast: Cast, refusal: Refusal) -> None:
    matter, quiet = cast.raise_between(), cast.raise_between("我家", is_private=True)
    cast.act(add_photo, matter, cast.raiser(matter), file="a.jpg")
    cast.act(add_photo, matter, "cadre", file="b.jpg", purpose="after", is_public=True)
    cast.act(add_photo, matter, "cadre", file="c.jpg", purpose="form", is_public=True)
    cast.act(add_photo, quiet, "cadre", file="d.jpg", is_public=True)
    assert [p.is_public for p in Photo.objects.order_by("file")] == [False, True, False, False]
    assert refusal(cast.act, add_photo, matter, "cadre", file="") == "must_bring:photo"
    assert refusal(cast.act, add_photo, matter, "cadre", file="x", purpose="自拍") == "no_such_choice:purpose"
