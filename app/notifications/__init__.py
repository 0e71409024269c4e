"""Following an issue: mails on what happens in it, sent from the ledger, left with one click."""
