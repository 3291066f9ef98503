"""The key that has the keyboard's focus."""

from PySide6.QtWidgets import QAbstractButton, QApplication


def press_focused() -> bool:
    """Press it as a finger would; False where no key has the focus."""
    key = QApplication.focusWidget()
    if not isinstance(key, QAbstractButton):
        return False
    key.click()
    return True
