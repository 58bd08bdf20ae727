#!/usr/bin/env bash
# newspaper4k takes the name of the outlet for the headline where the headline is the shorter of the two.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check \
  newspaper4k==0.9.6 lxml==6.1.3 lxml_html_clean==0.4.6 || exit 2
"$room/bin/python" - <<'PY'
import sys, warnings
warnings.simplefilter("ignore")
from newspaper import Article

def title(headline, outlet):
    page = f"""<html><head><title>{headline} - {outlet}</title></head><body><article><h1>{headline}</h1>
    <p>The authority closed it on Tuesday after cracks were found in two of its pillars.</p></article></body></html>"""
    article = Article("https://harbourpost.example/1")
    article.download(input_html=page)
    article.parse()
    return article.title

short = title("Bridge closed", "The Harbour Post")
long = title("Bridge closed after cracks were found", "The Harbour Post")
print("newspaper4k 0.9.6: a page whose <h1> is the first half of its <title>, before the name of the outlet")
print("expected: the headline, which stands in <h1>, <title> and article alike")
print("seen:    ", short, "and, with a longer headline,", long)
sys.exit(not (short == "The Harbour Post" and long == "Bridge closed after cracks were found"))
PY
