"""`briefings lsp`: the language server, by which an editor checks as one types."""
