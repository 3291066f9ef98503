"""Which model judges, for the page: all of it goes through the line."""

from station.gui.pages.teach_room import Dispute, ReleaseRoom, Shadow
from station.store.releases import Limits, Release
from station.store.second_looks import Disagreement
from station.teach.use import Use

DISPUTES = 200  # the newest


def release_room(use: Use) -> ReleaseRoom:
    """Release, the way back, and the silent second opinion."""

    def release(product: str, number: int, limits: Limits | None, reason: str) -> None:
        use.line.release(Release(product, number, reason, use.operator, limits))

    def roll_back(product: str, reason: str) -> None:
        use.line.roll_back(product, reason, use.operator)

    def shadow(product: str, number: int | None) -> None:
        if number is None:
            use.line.shadow(None)
            return
        revision = use.reader.revision(product, number)
        use.line.shadow(str(use.data / revision.path), revision.sha256)

    def watched(product: str, number: int) -> Shadow:
        sha256 = use.reader.revision(product, number).sha256
        seen = use.reader.agreement(product, sha256)
        found = use.reader.disagreements(product, sha256, DISPUTES)
        return Shadow(seen.parts, tuple(_dispute(one) for one in found), seen.differing)

    return ReleaseRoom(release, roll_back, shadow, watched)


def _dispute(one: Disagreement) -> Dispute:
    inspection, look = one.entry.inspection, one.look
    return Dispute(
        uid=inspection.uid,
        image=one.entry.image or "",
        verdict=inspection.verdict,
        score=inspection.score,
        shadow_verdict=look.verdict,
        shadow_score=look.score,
        roi=inspection.roi,
    )
