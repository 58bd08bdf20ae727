"""What is drawn of the code: `python -m evals.pictures.drawn` writes docs/graph.md from the graph itself, and the
picture in docs/architecture.md from what imports what."""

from pathlib import Path

from agent.verify.graph import build_graph
from evals.pictures.architecture import PAGE, with_picture

MAP = Path("docs/graph.md")

_AROUND = """\
# The map of a run

Drawn from the compiled graph by `make docs`; a test holds it current. Dashed edges are decided by code: how many
parts there are to read, whether there are claims, which witnesses are heard.

```mermaid
{drawn}
```

| step | who works | how often | what comes out |
|---|---|---|---|
| `split` | code | once | parts of a few sentences |
| `extract` | analyst | once per part, side by side | drafts of claims, each with its quote |
| `collect` | code | once | claims: quotes found in the article, the same claim told twice merged |
| `retrieve` | code, one embedding call | once | origins: each report with its copies, and the claims it may bear on |
| `judge` | analyst | once per origin for up to `ISNAD_CLAIMS_PER_CALL` claims, and once for \
the article on five times as many of its own | a stance and a quote for each, and whether the text has the \
matter from the article |
| `label` | code | once | quotes checked, labels decided, the report |
"""


def draw_map() -> str:
    """The page with the graph as a Mermaid drawing."""
    drawn = build_graph().get_graph().draw_mermaid(with_styles=False).strip()
    return _AROUND.format(drawn=drawn)


if __name__ == "__main__":
    # The layers stand in the test that holds the code to them.
    from tests.test_layout import LAYERS

    MAP.write_text(draw_map(), encoding="utf-8")
    PAGE.write_text(with_picture(PAGE.read_text(encoding="utf-8"), LAYERS, Path()), encoding="utf-8")
    print(f"wrote {MAP} and the picture in {PAGE}")
