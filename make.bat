@echo off
rem The Makefile's commands for Windows: make.bat run, demo, test, lint, unit, try-demo, bench, build, lock.
setlocal
cd /d "%~dp0"
if "%PYTHON%"=="" set PYTHON=py -3
set PY=.venv\Scripts\python.exe
set PYTHONUTF8=1
if "%~1"=="" goto help
for %%t in (run demo test lint unit try-demo bench build lock) do if /i "%~1"=="%%t" goto %%t
:help
echo make.bat run ^| demo ^| test ^| lint ^| unit ^| try-demo ^| bench [g04] ^| build ^| lock
exit /b 2

:run
%PYTHON% tools\set_up.py run || exit /b 1
%PY% -m nakodo_desktop
exit /b %errorlevel%

:demo
%PYTHON% tools\set_up.py demo || exit /b 1
%PY% -m nakodo_desktop demo demo-out
exit /b %errorlevel%

:test
call "%~f0" lint || exit /b 1
call "%~f0" unit || exit /b 1
call "%~f0" try-demo || exit /b 1
exit /b 0

:lint
%PYTHON% tools\set_up.py test || exit /b 1
%PY% -m ruff check . || exit /b 1
%PY% -m ruff format --check . || exit /b 1
%PY% -m mypy --strict || exit /b 1
%PY% -m mypy --strict --platform win32 --cache-dir .mypy_cache/win32 || exit /b 1
.venv\Scripts\lint-imports || exit /b 1
exit /b 0

:unit
%PYTHON% tools\set_up.py test || exit /b 1
set QT_QPA_PLATFORM=offscreen
%PY% -m pytest --numprocesses=auto --dist=worksteal || exit /b 1
exit /b 0

:try-demo
%PYTHON% tools\set_up.py test || exit /b 1
set QT_QPA_PLATFORM=offscreen
%PY% tools\try_demo.py || exit /b 1
exit /b 0

:bench
%PYTHON% tools\set_up.py bench || exit /b 1
%PY% -m benchmarks %2
exit /b %errorlevel%

:build
%PYTHON% tools\set_up.py build || exit /b 1
%PY% -m PyInstaller --noconfirm --log-level WARN build.spec || exit /b 1
set QT_QPA_PLATFORM=offscreen
%PY% tools\try_demo.py --program dist\nakodo-desktop\nakodo-desktop.exe
exit /b %errorlevel%

:lock
%PYTHON% tools\lock.py
exit /b %errorlevel%
