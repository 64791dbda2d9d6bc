"""Remembering what a file's columns mean, as the person who brought it in said."""

from collections.abc import Mapping

from sqlmodel import Session

from ctai.domain.faults import Fault, Refused
from ctai.domain.roles import Action, Extent, Viewer
from ctai.models.exchange import ColumnMeaning
from ctai.services.bring_in import NOT_ALLOWED
from ctai.services.revisions import now


def remember_columns(
    session: Session, author: Viewer, entity: str | None, meanings: Mapping[str, str]
) -> None:
    """Keep meanings for an entity's next file, or for the initiative's where there is no entity.

    Refused without the right to bring files in, or for another entity than one's own.
    """
    extent = author.extent(Action.IMPORT)
    if extent is Extent.NONE or (author.entity is not None and entity != author.entity):
        raise Refused([Fault(NOT_ALLOWED)])
    for header, meaning in meanings.items():
        session.merge(
            ColumnMeaning(
                entity=entity or "",
                header=header.casefold(),
                meaning=meaning,
                said_by=author.username,
                at=now(),
            )
        )
