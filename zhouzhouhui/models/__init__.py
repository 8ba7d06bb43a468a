"""What is written down: fields and constraints, no verbs."""

from .community import ChainHead, Community
from .department import Category, Department
from .keys import uuid7
from .ledger import LedgerLine, Sealed
from .matter import AnswerDraft, Assisting, Concern, Matter, MatterLink, Photo, Voice
from .meeting import Appointment, Meeting, Minutes, SignIn
from .person import ApiToken, Mandate, Person
from .resident import Resident
from .town import CalendarDay, Town, TownHost

__all__ = [
    "AnswerDraft", "ApiToken", "Appointment", "Assisting", "CalendarDay", "Category", "ChainHead", "Community",
    "Concern", "Department", "LedgerLine", "Mandate", "Matter", "MatterLink", "Meeting", "Minutes", "Person", "Photo",
    "Resident", "Sealed", "SignIn", "Town", "TownHost", "Voice", "uuid7",
]  # fmt: skip
