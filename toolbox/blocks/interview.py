"""Questions and answers."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class AnswerBlock(blocks.StructBlock):
    """One question, its answer, and the sentence of it that is worth standing out."""

    question = blocks.CharBlock(
        label=_("question"), max_length=200, help_text=_("As it was asked: What would you do differently?")
    )
    answer = blocks.RichTextBlock(
        label=_("answer"),
        features=["bold", "italic", "link"],
        help_text=_("In the words of the one who speaks, shortened where needed."),
    )
    quote = blocks.CharBlock(
        label=_("pull quote"),
        max_length=200,
        required=False,
        help_text=_("One sentence of the answer, word for word."),
    )

    class Meta:
        icon = "help"
        label = _("question and answer")
        description = _("A question, what was said, and perhaps one sentence that stands out.")


class InterviewBlock(blocks.StructBlock):
    """A talk with somebody who was there, named by role and organisation."""

    speaker = blocks.CharBlock(label=_("who speaks"), max_length=120, help_text=_("Role and organisation."))
    answers = blocks.ListBlock(AnswerBlock(), label=_("questions and answers"))

    class Meta:
        icon = "openquote"
        label = _("interview")
        template = "toolbox/blocks/interview.html"
        description = _("Questions and answers of a talk that really took place.")
        preview_value: ClassVar[dict[str, Any]] = {
            "speaker": _("Role, organisation"),
            "answers": [
                {
                    "question": _("Here stands a question?"),
                    "answer": _("<p>Here stands the answer, in the words of the one who speaks.</p>"),
                    "quote": _("Here stands one sentence of the answer."),
                }
            ],
        }
