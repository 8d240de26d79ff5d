"""The building blocks of toolbox items."""

from toolbox.blocks.body import ToolBodyBlock
from toolbox.blocks.checklist import ChecklistBlock
from toolbox.blocks.guide import StepsBlock
from toolbox.blocks.interview import InterviewBlock
from toolbox.blocks.links import LinksBlock

__all__ = ["ChecklistBlock", "InterviewBlock", "LinksBlock", "StepsBlock", "ToolBodyBlock"]
