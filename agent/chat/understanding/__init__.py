"""From a person's message to an action: by its looks, by a command, by a model, or by plain forms of speech."""
