"""From a question to evidence: analysis, channels, fusion, the choice of sentences."""
