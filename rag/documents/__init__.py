"""From files to passages: reading, page furniture, titles, dates, spans."""
