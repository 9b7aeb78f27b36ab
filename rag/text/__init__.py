"""The Arabic, Persian and English text layer: pure functions over strings."""
