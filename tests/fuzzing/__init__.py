"""Files mutated at random and read: no crash, no hang, no error that was not meant, a source that holds together."""
