"""What each verb of a matter brings over HTTP. The names are those of the law (rules/matter_flow.py)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from .fields import Act, Brought, Code, Count, Day, Moment, Reference, References

OWNER = Field(None, description="责任方：单位代码，或 community (department code, or community)")
NO_PERSONS: list[str] = []
Channel = Literal["", "meeting", "desk", "phone", "web", "delegate", "paper"]


class Bare(Act):
    """Nothing but the act itself."""


class Assign(Act):
    route: Code
    lead: Reference = Field(description="主办：单位代码，或 community (department code, or community)")
    assisting: References = []
    reason: str = ""


class Contact(Act):
    manner: Code = Field(description="phone, visit, talk, message, not_reached")
    contacted_at: Moment
    words: str = ""


class Reasoned(Act):
    reason: str


class Rule(Act):
    granted: bool
    reason: str


class Spoken(Act):
    words: str


class Draft(Act):
    outcome: Code = Field(description="A1 A2 A3 B C D1 D2")
    words: str
    basis: str = ""
    promise_on: Day | None = None
    owner: Reference | None = OWNER


class Give(Act):
    """Without outcome and words the signed draft is given."""

    outcome: Code = ""
    words: str = ""
    basis: str = ""
    promise_on: Day | None = None
    owner: Reference | None = OWNER
    told: str = ""


class AnswerApart(Draft):
    told_on: Day


class Keep(Act):
    evidence: str
    done_on: Day


class Carry(Act):
    words: str
    reason: str
    new_step: str = ""
    leader: Reference | None = Field(None, description="领导的登录名或 UUID (the leader's sign-in name)")
    ask_route: Code = ""


class Read(Act):
    told_on: Day | None = None


class Accept(Act):
    solved: Code = Field(description="solved, partly, explained")
    manner: Code = Field("", description="satisfied, basically, not")
    result: Code = Field("", description="satisfied, basically")


class Dispute(Act):
    reason: str
    manner: Code = ""


class Shelve(Act):
    reason: str
    level: Code = Field(description="town, district, city")
    review_on: Day


class Review(Act):
    reason: str
    review_on: Day | None = None


class Refer(Act):
    path: str
    reason: str


class Decline(Act):
    reason: str
    instead: str


class Merge(Act):
    into: Reference = Field(description="并到的事项：编号或 UUID (the other matter)")


class Reopen(Act):
    new_facts: str


class Split(Act):
    parts: Annotated[list[str], Field(max_length=60)]


class Second(Act):
    code: str | None = Field(None, max_length=60, description="附议人自己生成的回执码 (the seconder's own slip code)")


class Link(Act):
    others: References


class AddPhoto(Act):
    photo: str = Field(description="Base64")
    purpose: Code = Field("before", description="before, after, form")
    is_public: bool = False


class Urge(Act):
    words: str = ""


class Mask(Act):
    public_words: str
    reason: str = ""


class Restrict(Act):
    concerns: References = NO_PERSONS


class Substitute(Act):
    substitute: Reference


class Correct(Act):
    reason: str
    words: str | None = None
    request: str | None = None
    kind: Code | None = None
    category: Code | None = None
    place: str | None = None
    people_count: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    is_legacy: bool | None = None
    legacy_since: Annotated[str, Field(max_length=20)] | None = None
    is_private: bool | None = None


class Photo(Brought):
    photo: str = Field(description="Base64")
    purpose: Code = Field("before", description="before, after, form")


class Item(Brought):
    """One thing raised. Make its id yourself: sent again it is not raised twice."""

    id: UUID | None = None
    words: str = ""
    kind: Code = Field("unknown", description="question, request, complaint, report, suggestion, praise, unknown")
    category: Code = ""
    request: str = ""
    place: str = ""
    people_count: Count | None = None
    is_legacy: bool = False
    legacy_since: str = ""
    is_private: bool = False
    concerns: References = NO_PERSONS
    hide: Annotated[list[str], Field(max_length=50)] = []
    public_words: str | None = None
    photos: Annotated[list[Photo], Field(max_length=6)] = []
    filled_in_by: str = ""


class Speaks(Brought):
    """Who speaks; everything may be left out. Contact data is kept only after notice and consent."""

    name: str = ""
    phone: Annotated[str, Field(max_length=60)] = ""
    address: str = ""
    former_village: str = ""
    is_under_14: bool = False
    guardian: str = ""
    notice: bool = False
    consent: bool = False


class RaiseOne(Item):
    speaker: Speaks | None = None
    channel: Channel = ""
    slip: str | None = Field(None, max_length=60, description="自己生成的回执码 (a slip code of your own making)")


class RaiseMany(Brought):
    items: Annotated[list[Item], Field(max_length=1000)]
    speaker: Speaks | None = None
    channel: Channel = ""
    slip: str | None = Field(None, max_length=60)


SHAPES: Mapping[str, type[Act]] = {
    "assign_matter": Assign, "take_assignment": Bare, "record_contact": Contact, "request_return": Reasoned,
    "rule_on_return": Rule, "give_opinion": Spoken, "draft_answer": Draft, "sign_answer": Bare,
    "send_back_answer": Reasoned, "give_answer": Give, "answer_restricted": AnswerApart, "keep_promise": Keep,
    "carry_over": Carry, "read_decision": Read, "accept_answer": Accept, "revoke_word": Bare,
    "dispute_answer": Dispute, "lapse_answer": Bare, "shelve_matter": Shelve, "review_shelved": Review,
    "refer_matter": Refer, "decline_matter": Decline, "merge_matter": Merge, "unmerge_matter": Reasoned,
    "withdraw_matter": Reasoned, "void_entry": Bare, "reopen_matter": Reopen, "split_matter": Split,
    "second_matter": Second, "link_matters": Link, "add_note": Spoken, "add_photo": AddPhoto, "urge": Urge,
    "mask_words": Mask, "mark_private": Bare, "mark_restricted": Restrict, "name_substitute": Substitute,
    "erase_words": Reasoned, "correct_record": Correct,
}  # fmt: skip
