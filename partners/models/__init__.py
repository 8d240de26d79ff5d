"""The organisations, who edits for them, and how their texts are reviewed."""

from partners.models.partners import Partner, PartnerQuerySet
from partners.models.reviews import PartnerReviewTask
from partners.models.teams import PartnerFolder, Team

__all__ = ["Partner", "PartnerFolder", "PartnerQuerySet", "PartnerReviewTask", "Team"]
