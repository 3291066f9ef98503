"""The attribute study of the AIAG: MSA 4th edition, table III-C 1, p. 134; 1 is a good part.

Of each part what A, B and C said in three trials, and the reference. Every published count that
is made of it (tables III-C 3 to 8) is checked in test_agreement.py.
"""

SAME_OK = (
    *(1, 2, 8, 10, 11, 13, 15, 16, 17, 18, 19, 20, 23, 24, 27, 28, 29, 31, 32, 33, 35, 38, 40),
    *(41, 44, 46, 47, 49),
)
SAME_NG = (3, 4, 5, 9, 25, 37, 39, 42, 45, 48, 50)
MIXED = {
    6: "110 110 100 1",
    7: "111 111 101 1",
    12: "000 000 010 0",
    14: "110 111 100 1",
    21: "110 101 010 1",
    22: "001 010 110 0",
    26: "010 000 001 0",
    30: "000 001 000 0",
    34: "001 001 011 0",
    36: "110 111 101 1",
    43: "101 111 110 1",
}
PARTS = tuple(range(1, 51))


def _row(part: int) -> str:
    if part in MIXED:
        return MIXED[part]
    return "111 111 111 1" if part in SAME_OK else "000 000 000 0"


def _word(sign: str) -> str:
    return "OK" if sign == "1" else "NG"


ROWS = {part: _row(part).split() for part in PARTS}
TRUTH = tuple(_word(ROWS[part][3]) for part in PARTS)
TRIALS = {
    name: tuple(tuple(_word(ROWS[part][place][t]) for part in PARTS) for t in range(3))
    for place, name in enumerate("ABC")
}


def csv(station: bool = False) -> str:
    """The study as a file that every program for it reads."""
    lines = ["Part,Appraiser,Trial,Rating,Reference"]
    for place, name in enumerate("ABC"):
        for trial in range(3):
            lines += [f"{p},{name},{trial + 1},{r[place][trial]},{r[3]}" for p, r in ROWS.items()]
    if station:
        lines += [f"{p},(station),1,{r[3]},{r[3]}" for p, r in ROWS.items()]
    return "\n".join(lines) + "\n"
