"""Stands for a module of Qt, 11 MB, that pyqtgraph imports and uses only to draw by OpenGL."""
