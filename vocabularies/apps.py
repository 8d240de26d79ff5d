"""Vocabularies."""

from django.apps import AppConfig


class VocabulariesConfig(AppConfig):
    """Name the app in the admin."""

    name = "vocabularies"
    verbose_name = "Vocabularies"
