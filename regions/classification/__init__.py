"""The NUTS classification: read from Eurostat, GISCO and the fixtures, compared with the database, loaded."""

from regions.classification.changes import (
    Differences,
    apply,
    differences,
    import_classification,
    merged,
    with_outlines,
)
from regions.classification.closed import closed_rows
from regions.classification.eurostat import eurostat_rows
from regions.classification.gisco import gisco_outlines, gisco_rows
from regions.classification.rows import VERSIONS, ClassificationError, RegionRow, gather

__all__ = [
    "VERSIONS",
    "ClassificationError",
    "Differences",
    "RegionRow",
    "apply",
    "closed_rows",
    "differences",
    "eurostat_rows",
    "gather",
    "gisco_outlines",
    "gisco_rows",
    "import_classification",
    "merged",
    "with_outlines",
]
