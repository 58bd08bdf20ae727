"""What stands around an article when it comes: the templates of chat programs, and mail. Reads text, does nothing."""

from agent.envelopes.attached import Attached, Opened, attached_in, open_message
from agent.envelopes.errands import is_errand
from agent.envelopes.mail import Mail, open_mail

__all__ = ["Attached", "Mail", "Opened", "attached_in", "is_errand", "open_mail", "open_message"]
