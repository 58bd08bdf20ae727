#!/usr/bin/env bash
# LangChain's MarkdownHeaderTextSplitter joins words at a no-break space, and drops the non-joiner of Persian.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check langchain-text-splitters==1.1.3 || exit 2
"$room/bin/python" - <<'PY'
import sys
from langchain_text_splitters import MarkdownHeaderTextSplitter

NO_BREAK_SPACE, NON_JOINER = "\u00a0", "\u200c"
text = f"# Bridge\nClosed on 5{NO_BREAK_SPACE}March, by M.{NO_BREAK_SPACE}Salem: می{NON_JOINER}خواهم"
seen = MarkdownHeaderTextSplitter([("#", "headline")]).split_text(text)[0].page_content
print("langchain-text-splitters 1.1.3: a line with no-break spaces, as typesetters put before a month and a name, and a Persian verb")
print("expected: the line as it stands; the splitter parts a text at its headings")
print("seen:    ", ascii(seen))
sys.exit(seen != "Closed on 5March, by M.Salem: میخواهم")
PY
