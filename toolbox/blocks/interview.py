"""Questions and answers."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class AnswerBlock(blocks.StructBlock):
    """One question and its answer."""

    question = blocks.CharBlock(label=_("question"), max_length=200)
    answer = blocks.RichTextBlock(label=_("answer"), features=["bold", "italic", "link"])

    class Meta:
        icon = "help"
        label = _("question and answer")


class InterviewBlock(blocks.StructBlock):
    """A talk with somebody who was there, named by role and organisation."""

    speaker = blocks.CharBlock(label=_("who speaks"), max_length=120, help_text=_("Role and organisation."))
    answers = blocks.ListBlock(AnswerBlock(), label=_("questions and answers"))

    class Meta:
        icon = "openquote"
        label = _("interview")
        template = "toolbox/blocks/interview.html"
        description = _("Questions and answers.")
