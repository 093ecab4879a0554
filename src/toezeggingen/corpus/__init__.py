"""The corpus: letters with all that careful readers found in them, in the form that review and training share."""
