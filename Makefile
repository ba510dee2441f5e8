# One command each, from a clean clone with nothing but python3 and make. On Windows: make.bat, same words.
PYTHON ?= python3
PY := .venv/bin/python
OFFSCREEN := QT_QPA_PLATFORM=offscreen

.PHONY: help run demo test lint unit try-demo bench peers screens build lock clean
.DEFAULT_GOAL := help

help:
	@echo "make run      open the program (its own data folder)"
	@echo "make demo     build a made-up office, drive one interview, leave PDF, bundle and pictures in demo-out/"
	@echo "make test     everything a change must pass"
	@echo "make lint     only the style, type and layer checks"
	@echo "make bench    speed goals as ratios; one of them with G=g04 (make peers first: the programs compared with)"
	@echo "make screens  pictures of the windows into docs/screens/"
	@echo "make build    the program as one folder in dist/"
	@echo "make lock     write the requirements files anew after a change in pyproject.toml"
	@echo "make clean    remove what the above have made, except .venv"

run:
	@$(PYTHON) tools/set_up.py run
	$(PY) -m nakodo_desktop

demo:
	@$(PYTHON) tools/set_up.py demo
	$(PY) -m nakodo_desktop demo demo-out

test: lint unit try-demo

lint:
	@$(PYTHON) tools/set_up.py test
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy --strict
	$(PY) -m mypy --strict --platform win32 --cache-dir .mypy_cache/win32
	.venv/bin/lint-imports

unit:
	@$(PYTHON) tools/set_up.py test
	$(OFFSCREEN) $(PY) -m pytest --numprocesses=auto --dist=worksteal

try-demo:
	@$(PYTHON) tools/set_up.py test
	$(OFFSCREEN) $(PY) tools/try_demo.py

bench:
	@$(PYTHON) tools/set_up.py bench
	$(PY) -m benchmarks $(G)

peers:
	$(PYTHON) -m venv benchmarks/.venv
	benchmarks/.venv/bin/pip install --quiet -r benchmarks/peers.txt

screens:
	@$(PYTHON) tools/set_up.py demo
	$(PY) -m tools.screens docs/screens

build:
	@$(PYTHON) tools/set_up.py build
	$(PY) -m PyInstaller --noconfirm --log-level WARN build.spec
	$(OFFSCREEN) $(PY) tools/try_demo.py --program dist/nakodo-desktop/nakodo-desktop

lock:
	$(PYTHON) tools/lock.py

clean:
	rm -rf build dist demo-out benchmarks/results *.egg-info
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path "./.venv/*" -prune -exec rm -rf {} +
