"""Answers: written by a model or quoted, with citations that the program has checked."""
