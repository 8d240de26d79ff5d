"""The condition that a row meets a query, in the language of either engine."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Expression
from django.db.models.sql.compiler import SQLCompiler

from core.search.queries import Query

Sql = tuple[str, tuple[str, ...]]


class Within(NamedTuple):
    """A part of the words: FTS5's table and columns, PostgreSQL's condition and weight."""

    table: str
    columns: str
    condition: str
    weight: str


EVERYWHERE = Within("core_searchrow_fts", "", "{key} IN (SELECT core_searchrow_with(%s::tsquery))", "")
HEAD = Within("core_searchrow_head", "", "{table}.head @@ %s::tsquery", "")
TITLE = Within("core_searchrow_head", "title_words", "{table}.head @@ %s::tsquery", "A")


class Matches(Expression):
    """Whether a row meets all terms of a query, or any of them, in a part of its words."""

    output_field: ClassVar = models.BooleanField()
    conditional = True

    def __init__(self, query: Query, within: Within = EVERYWHERE, *, any_term: bool = False) -> None:
        super().__init__()
        self.key: Any = models.F("pk")
        self.within = within
        self.fts5 = query.fts5(within.columns, any_term=any_term)
        self.tsquery = query.tsquery(within.weight, any_term=any_term)

    def get_source_expressions(self) -> list[Any]:
        """Give the key of the row, so that Django can name its table."""
        return [self.key]

    def set_source_expressions(self, exprs: Any) -> None:
        """Take the key with the name of its table."""
        (self.key,) = exprs

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        """Look the row up in the full-text table."""
        key, _params = compiler.compile(self.key)
        table = self.within.table
        # The plus keeps SQLite from fetching hit after hit, texts and all: it reads a narrow index instead.
        # Both names are our own; what the reader typed goes as a parameter.
        return f"+{key} IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)", (self.fts5,)  # noqa: S608

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Sql:
        """Ask the index, or one of the generated columns."""
        key, _params = compiler.compile(self.key)
        table = compiler.quote_name_unless_alias(self.key.alias)
        return self.within.condition.format(key=key, table=table), (self.tsquery,)
