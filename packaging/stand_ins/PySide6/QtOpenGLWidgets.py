"""Stands for a module of Qt that pyqtgraph imports and uses only to draw by OpenGL."""

from PySide6.QtWidgets import QWidget as QOpenGLWidget

__all__ = ["QOpenGLWidget"]
