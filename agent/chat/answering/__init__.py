"""From what is stored to an answer: by code alone, with the words that each statement rests on."""
