"""The chat as a model called `isnad`, for any chat program that speaks OpenAI's chat completions."""
