@echo off
rem The two commands on Windows: make run, make test (in PowerShell: .\make run).
setlocal
cd /d "%~dp0"
if not exist .venv\.set-up (
  echo -- making the virtual environment, a few minutes the first time --
  py -3.11 -m venv .venv || exit /b 1
  .venv\Scripts\python -m pip install --quiet -e ".[directml,dev]" || exit /b 1
  echo done> .venv\.set-up
)
if "%1"=="run" (
  echo -- the demo line opens in a window: Space inspects a part, A accepts, R rejects --
  .venv\Scripts\station run --demo --data demo-out\data
  exit /b %errorlevel%
)
if "%1"=="test" (
  .venv\Scripts\python -m pytest -n 2 --dist loadfile
  exit /b %errorlevel%
)
echo usage: make run ^| make test
exit /b 2
