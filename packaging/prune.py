"""What is left out of a bundle, for the Linux and the Windows build alike. Standard library only.

A path here is the one inside the bundle, with forward slashes. What the program needs is proven by
the tests of the installed program; what it does not need is said here, with the reason.
"""

from fnmatch import fnmatchcase

MODULES = (
    # of the interpreter, for developers
    *("tkinter", "_tkinter", "idlelib", "lib2to3", "ensurepip", "pydoc_data", "turtledemo", "test"),
    *("pip", "setuptools", "pkg_resources", "wheel", "pytest", "_pytest", "IPython"),
    *("readline", "curses", "dbm", "distutils"),
    # what the packages can also work with, and the station never does
    *("torch", "matplotlib", "pandas", "PIL", "sympy", "cupy", "dask", "jax", "OpenGL", "numba"),
    *("pyqtgraph.examples", "pyqtgraph.opengl", "pyqtgraph.jupyter", "pyqtgraph.console"),
    *("onnx.backend.test", "onnx.reference", "onnx.fuzz", "harvesters.test", "joblib.test"),
    *("numpy.distutils", "numpy._core._simd", "numpy._core._multiarray_tests"),
    *("numpy._core._operand_flag_tests", "numpy._core._rational_tests"),
    *("numpy._core._struct_ufunc_tests", "numpy._core._umath_tests"),
    # mathematics that neither the station nor what it imports asks for
    *("scipy.cluster", "scipy.datasets", "scipy.differentiate", "scipy.fftpack", "scipy.io"),
    *("scipy.misc", "scipy.odr", "scipy.signal", "scipy.stats._unuran"),
    *("sklearn.calibration", "sklearn.cluster", "sklearn.cross_decomposition", "sklearn.datasets"),
    *("sklearn.experimental", "sklearn.feature_extraction", "sklearn.feature_selection"),
    *("sklearn.gaussian_process", "sklearn.impute", "sklearn.inspection", "sklearn.manifold"),
    *("sklearn.kernel_approximation", "sklearn.kernel_ridge", "sklearn.mixture"),
    *("sklearn.multiclass", "sklearn.multioutput", "sklearn.naive_bayes"),
    *("sklearn.random_projection", "sklearn.semi_supervised"),
    *("narwhals._arrow", "narwhals._dask", "narwhals._duckdb", "narwhals._ibis"),
    *("narwhals._pandas_like", "narwhals._polars", "narwhals._spark_like"),
    *("pymodbus.server.simulator", "pymodbus.repl", "asyncua.tools", "uvloop", "IPython"),
    *("sqlalchemy.dialects.mysql", "sqlalchemy.dialects.oracle", "sqlalchemy.dialects.mssql"),
    *("sqlalchemy.testing", "alembic.testing", "sqlalchemy.orm", "sqlalchemy.ext.asyncio"),
    *("pydantic.v1", "pydantic.mypy"),
    # of Qt
    *("PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtQuickWidgets", "PySide6.QtQuickControls2"),
    *("PySide6.QtSql", "PySide6.QtHelp", "PySide6.QtDesigner", "PySide6.QtUiTools"),
    *("PySide6.QtNetwork", "PySide6.QtConcurrent", "PySide6.QtXml"),
)
"""Modules that no bundle holds, each with all below it."""

FILES = (
    # Qt: QML, its tools, translations of its own dialogs, platforms that no station has
    *("*Qt6Qml*", "*Qt6Quick*", "*Qt6VirtualKeyboard*", "*Qt6Wayland*", "*Qt6WlShell*"),
    *("*Qt6Pdf*", "*Qt6EglF*", "*Qt6Network*", "*/opengl32sw.dll"),
    *("*QtNetwork*", "*/plugins/wayland*", "PySide6/Qt/translations/*", "PySide6/translations/*"),
    *("PySide6/Qt/qml/*", "PySide6/qml/*", "PySide6/Qt/libexec/*", "PySide6/*.pyi"),
    *("*/plugins/platforms/libq[elvw]*", "*/plugins/platforms/libqminimal*"),
    *("*/plugins/platforms/qdirect2d*", "*/plugins/platforms/qminimal*", "*/plugins/egldevice*"),
    *("*/plugins/platformthemes/libqgtk3*", "*/plugins/networkinformation/*", "*/plugins/tls/*"),
    *("*/plugins/generic/*", "*/plugins/qmltooling/*", "*/plugins/platforminputcontexts/*irtual*"),
    *("*/plugins/imageformats/*pdf*", "*/plugins/sqldrivers/*"),
    *("*/vcamp140.dll", "*/vccorlib140.dll", "*/concrt140.dll", "*/msvcp140_codecvt_ids.dll"),
    # OpenCV: its own Qt and trained cascades; its ffmpeg stays, which reads streams
    *("cv2/qt/*", "cv2/data/*", "cv2/typing/*", "cv2/gapi/*"),
    # providers of other flavours, tools to build models
    *("onnxruntime/capi/*providers_cuda*", "onnxruntime/capi/*providers_tensorrt*"),
    "onnxruntime/capi/onnxruntime.dll",  # for programs in C; Python's module has all of it inside
    *("onnxruntime/transformers/*", "onnxruntime/datasets/*", "onnxruntime/tools/*"),
    # 500 languages to colour sources in: rich wants the list alone
    "pygments/lexers/[a-z]*",
    # test data, sources, headers, type hints
    *("*/tests/*", "*/test_data/*", "*/testing/data/*", "sklearn/datasets/[di]*/*"),
    *("*.pyi", "*.pyx", "*.pxd", "*.h", "*.hpp", "*.c", "*.cc", "*.cpp", "*.proto", "*/py.typed"),
    *("*.lib", "*.a", "*.tp", "*.cmake", "genicam/*.cti"),
    # tables of a sequence that nobody draws from, a face that nobody looks at
    *("scipy/stats/_sobol_direction_numbers.npz", "pyqtgraph/icons/peegee/*px*.png"),
    "*.dist-info/sboms/*",  # ours names what they name
    *("*.dist-info/RECORD", "*.dist-info/INSTALLER", "*.dist-info/REQUESTED", "*/direct_url.json"),
    *("station/_resources/i18n/*.ts",),
)
"""Files that no bundle holds, as patterns."""


def dropped(path: str) -> bool:
    """Whether the bundle does without that file."""
    return any(fnmatchcase(path, pattern) for pattern in FILES)


def of_the_system(path: str, source: str) -> bool:
    """Whether that file is a copy of a library of the build machine's system.

    The Linux package depends on the system's own instead, which the system keeps secure.
    """
    system = source.startswith(("/lib/", "/usr/lib/", "/lib64/", "/usr/lib64/"))
    return system and ".so" in path and "/" not in path and not path.startswith("libpython")
