"""What admins do: documents put in and taken out, people let in, figures read."""
