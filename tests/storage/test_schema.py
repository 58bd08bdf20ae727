"""Tables that are changed have another version, and a way leads to it from every version that was given out."""

from hashlib import sha256

import pytest

from agent.storage import Layout, schema
from agent.storage.interface import UNNUMBERED

LAYOUTS = [one for one in vars(schema).values() if isinstance(one, Layout)]
# Of each set of tables: the first version from which a way leads here, and what the present one is made of. When
# tables are changed, they get the next version and an upgrade, and only then their new digest.
KNOWN = {
    "catalogue": ("3", "39ddd375091fa5bf"),
    "reports": ("2", "6e064fed4b56fec3"),
    "threads": ("1", "d3c7f1263645ad72"),
    "signed_out": ("1", "66e902cd06b7c935"),
    "shares": ("1", "981f5574a6ec24a7"),
    "limits": ("1", "d60b6cafaf23366d"),
    "answers": (UNNUMBERED, "a6cbca7f377f8ac5"),
    "rates": ("1", "cb72d1329068c6d5"),
    "secrets": ("1", "3838e5c59283b8ed"),
}


def _digest(layout: Layout) -> str:
    made = "\n".join((layout.version, layout.tables, layout.in_file, layout.on_server))
    return sha256(made.encode()).hexdigest()[:16]


def test_every_set_of_tables_is_known() -> None:
    assert sorted(layout.key for layout in LAYOUTS) == sorted(KNOWN)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
def test_changed_tables_have_another_version(layout: Layout) -> None:
    assert _digest(layout) == KNOWN[layout.key][1]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.key)
def test_a_way_leads_here_from_every_version_before(layout: Layout) -> None:
    for version in range(int(KNOWN[layout.key][0]), int(layout.version)):
        assert layout.upgrade_from(str(version)), f"no way leads from layout {version}"
    assert layout.upgrade_from(layout.version) == []
