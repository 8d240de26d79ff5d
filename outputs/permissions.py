"""Whose outputs are."""

from outputs.models import Output
from partners.permissions import owned_by

owned_by(Output, "partners")
