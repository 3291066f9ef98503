"""Stands for HiGHS, 8 MB, which solves linear programs: the station has none."""

__all__: list[str] = []


class _Absent:
    """Says so, to whoever takes something from it."""

    def __getattr__(self, name: str) -> object:
        raise NotImplementedError("linear programs are not solved by this program")


def __getattr__(name: str) -> _Absent:
    if name.startswith("__"):
        raise AttributeError(name)
    return _Absent()
