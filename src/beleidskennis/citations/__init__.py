"""Draft sentences and quotes held against the documents."""
