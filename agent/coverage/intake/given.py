"""What whoever adds a clipping says of it: it goes before what the file tells of itself."""

from pydantic import AwareDatetime

from agent.models import DateSource, Document, Frozen


class GivenMetadata(Frozen):
    """Checked by whoever took it in. `url` and `title` are of one document only."""

    url: str | None = None
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    published_at: AwareDatetime | None = None
    language: str | None = None

    def applied(self, document: Document) -> Document:
        """The document with this in its place, under the id that it then has."""
        fields = {name: value for name, value in self if value is not None}
        if not fields:
            return document
        known = document.model_dump(exclude={"id", "provenance"}) | fields
        provenance = document.provenance
        if self.published_at is not None:
            provenance = provenance.model_copy(update={"date_from": DateSource.GIVEN})
        return Document.of(**known, provenance=provenance)


NOTHING = GivenMetadata()
