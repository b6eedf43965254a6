"""What customers say: languages, sentiment, topics, promises; texts in, values out."""
