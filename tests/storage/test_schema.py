"""Tables that are changed have another version, and a way leads to it from every version that was given out."""

from hashlib import sha256

import pytest

from agent.storage import Layout, schema
from agent.storage.compiling import DialectName
from agent.storage.interface import UNNUMBERED

LAYOUTS = [one for one in vars(schema).values() if isinstance(one, Layout)]
# Of each set of tables: the first version from which a way leads here, and what the present one is made of. When
# tables are changed, they get the next version and an upgrade, and only then their new digest.
KNOWN = {
    "catalogue": ("3", "5fdd99914885d54e"),
    "reports": ("2", "bfa9cf7b926345ae"),
    "threads": ("1", "fb0a206991d8bb59"),
    "signed_out": ("1", "8986866c06c1ac4c"),
    "shares": ("1", "3fce4dc023cefd70"),
    "limits": ("1", "dbe118a610aa6c7e"),
    "answers": (UNNUMBERED, "84cfdacf9686c1ba"),
    "rates": ("1", "a02bb65b192c1375"),
    "secrets": ("1", "2b22afd453aaee0a"),
}


def _digest(layout: Layout) -> str:
    dialects: tuple[DialectName, ...] = ("sqlite", "postgresql")
    made = "\n".join(
        (layout.version, *(" ".join(str(one).split()) for to in dialects for one in layout.creation(to)))
    )
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
