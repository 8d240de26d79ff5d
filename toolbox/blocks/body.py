"""What a toolbox item is made of."""

from core.blocks import BodyBlock
from toolbox.blocks.checklist import ChecklistBlock
from toolbox.blocks.guide import StepsBlock
from toolbox.blocks.interview import InterviewBlock
from toolbox.blocks.links import LinksBlock


class ToolBodyBlock(BodyBlock):
    """Text and quotations as on every page, and the four forms of the toolbox."""

    checklist = ChecklistBlock()
    interview = InterviewBlock()
    steps = StepsBlock()
    links = LinksBlock()
