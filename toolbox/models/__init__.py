"""What the toolbox holds: its items, the ways in by problem, the versions of checklists, checked links."""

from toolbox.models.challenges import ChallengeIndexPage, ChallengePage
from toolbox.models.links import LinkCheck
from toolbox.models.tools import ToolFolderPage, ToolIndexPage, ToolPage, ToolPageQuerySet
from toolbox.models.versions import ChecklistVersion

__all__ = [
    "ChallengeIndexPage",
    "ChallengePage",
    "ChecklistVersion",
    "LinkCheck",
    "ToolFolderPage",
    "ToolIndexPage",
    "ToolPage",
    "ToolPageQuerySet",
]
