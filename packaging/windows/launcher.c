/* Starts the program: runtime\python311.dll with app\start.py, found beside this file.
 *
 * station.exe has a console, stationw.exe (-DWINDOWED, -mwindows) has none. The program's own
 * processes are this file again, with other words behind it. */
#include <stdio.h>
#include <stdlib.h>
#include <windows.h>
#include <wchar.h>

#define ROOM 32768 /* the longest path that Windows knows */

typedef int (*PyMain)(int, wchar_t **);

static wchar_t folder[ROOM], path[ROOM], sentence[ROOM];

static int fail(const wchar_t *what) {
    swprintf(sentence, ROOM, L"Station cannot start: %ls (error %lu). Install it again; settings, "
             L"records and pictures stay as they are.", what, GetLastError());
#ifdef WINDOWED
    MessageBoxW(NULL, sentence, L"Station", MB_OK | MB_ICONERROR);
#else
    fwprintf(stderr, L"%ls\n", sentence);
#endif
    return 100;
}

int wmain(int count, wchar_t **words) {
    DWORD length = GetModuleFileNameW(NULL, folder, ROOM);
    if (length == 0 || length >= ROOM - 64) return fail(L"its path is too long");
    *wcsrchr(folder, L'\\') = 0;
    swprintf(path, ROOM, L"%ls\\runtime\\python311.dll", folder);
    HMODULE python = LoadLibraryExW(
        path, NULL, LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR | LOAD_LIBRARY_SEARCH_DEFAULT_DIRS);
    if (!python) return fail(path);
    PyMain start = (PyMain)(void *)GetProcAddress(python, "Py_Main");
    if (!start) return fail(L"Py_Main");
    swprintf(path, ROOM, L"%ls\\runtime", folder);
    AddDllDirectory(path); /* for the packages: one set of Microsoft's C++ runtime lies there */
    wchar_t **all = calloc((size_t)count + 2, sizeof *all);
    if (!all) return fail(L"no memory");
    swprintf(path, ROOM, L"%ls\\app\\start.py", folder);
    all[0] = words[0];
    all[1] = path;
    for (int i = 1; i < count; i++) all[i + 1] = words[i];
    return start(count + 1, all);
}
