"""The shape of what is typed: answers to a page of a survey, and the officer's questions."""
