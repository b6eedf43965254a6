"""The HTTP API and the front end's files: thin, over `service`."""
