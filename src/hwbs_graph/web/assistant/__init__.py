"""The record for assistants, by the Model Context Protocol: tools, documents, prompts."""
