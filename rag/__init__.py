"""Isnad's retrieval and answers: documents in, cited answers out."""
