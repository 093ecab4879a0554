"""Pieces of letters to put together at random: what the readers of text look for, and words between."""

from hypothesis import strategies as st

COMMON = (
    *("De pont vaart.", "de schippers en de", "Kop", "Vraag 1", "Antwoord 1", "1", "2", "• punt", "– streep"),
    *("a\tb", "---", "1 Kamerstuk 99 111, nr. 2.", "Pagina 1 van 2", "Hoogachtend,", "Geachte voorzitter,"),
    *("onder-", "\f", "\n", "  ", "\ufeff", "Tweede Kamer, vergaderjaar 2031–2032, Aanhangsel 1"),
)
ENDS = ("\n", "\n\n", " ", "", "\r\n", " \n ")


def letters(*own: str) -> st.SearchStrategy[str]:
    """Up to 30 pieces, the common ones and a test's `own`, each with what may stand after it."""
    pieces = st.tuples(st.sampled_from(COMMON + own), st.sampled_from(ENDS))
    return st.lists(pieces, max_size=30).map(lambda parts: "".join(words + end for words, end in parts))
