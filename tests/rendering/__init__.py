"""Letters written for the project, and what makes files of every format of them: that must come back whole."""
