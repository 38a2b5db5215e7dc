"""Somebody sits a quiz: attempts, slots, answers, hand-in."""
