"""From the line's threads into the GUI's."""

from PySide6.QtCore import QObject, Signal

from station.pipeline.events import Event


class LineBridge(QObject):
    """`post` is the line's listener; `told` is delivered in the thread the bridge lives in."""

    told = Signal(object)

    def post(self, event: Event) -> None:
        """Take an event, from any thread; returns at once. Events are frozen and without pixels."""
        self.told.emit(event)
