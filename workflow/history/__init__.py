"""Pure history: events in, bytes, hashes and verdicts out. Storage only stores what it says."""
