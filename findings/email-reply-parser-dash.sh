#!/usr/bin/env bash
# A line that begins with a dash is a signature.
set -euo pipefail
room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
python3 -m venv --without-pip "$room"
python3 -m pip --python "$room" install -qq --no-compile --disable-pip-version-check email-reply-parser==0.5.12 || exit 2
"$room/bin/python" - <<'PY'
import sys
from email_reply_parser import EmailReplyParser

mail = "The two sides answered:\n\n-We stay, said the minister.\n\nNothing else was said.\n"
seen = EmailReplyParser.parse_reply(mail)
print("email-reply-parser 0.5.12: the reply in a mail with a line of dialogue after a dash")
print("expected: all of it; a signature stands under two dashes and a space")
print("seen:    ", repr(seen))
sys.exit("We stay" in seen)
PY
