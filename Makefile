# Everything a developer or a tester needs; `make run` and `make test` work on a bare machine.
PYTHON ?= $(firstword $(shell command -v python3.11 python3.12 python3.13 python3 2>/dev/null))
VENV := .venv
BIN := $(VENV)/bin
FLAVOUR ?= cpu
STAMP := $(VENV)/.set-up-$(FLAVOUR)
SHELL := /bin/sh

.PHONY: setup run test check format bench soak history-bench demo-model fonts texts manual methods \
	package package-linux package-windows package-cuda test-package clean

setup: $(STAMP)

$(STAMP): pyproject.toml tools/setup.sh
	@PYTHON="$(PYTHON)" FLAVOUR="$(FLAVOUR)" sh tools/setup.sh $(VENV)
	@rm -f $(VENV)/.set-up-* && touch $@

run: setup
	@sh tools/run_demo.sh $(BIN)

test: setup
	@echo "── the tests (about twenty minutes on two cores) ──"
	@export QT_QPA_PLATFORM=offscreen; $(BIN)/python -m pytest -n 2 --dist loadfile || { \
		echo "── what failed beside other tests, once more and by itself ──"; \
		$(BIN)/python -m pytest --last-failed --last-failed-no-failures none; }

check: setup
	@echo "── format, lint, types, layers ──"
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: setup
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

bench: setup
	@QT_QPA_PLATFORM=offscreen $(BIN)/python tools/bench.py

soak: setup
	@echo "── the long rigs: kills, power cuts, a full disk, chaos, dying processes, half an hour's work ──"
	@$(BIN)/python -m tests.rigs.kill9 --kills 1000
	@$(BIN)/python -m tests.rigs.power_cut --cuts 200
	@$(BIN)/python -m tests.rigs.disk_full
	@for seed in 1 2 3; do $(BIN)/python -m tests.rigs.chaos --parts 10000 --seed $$seed || exit 1; done
	@$(BIN)/python -m tests.rigs.kill_processes --parts 2000 --kills 20
	@$(BIN)/python -m tests.rigs.soak --minutes 30 --rate 5

history-bench: setup
	@$(BIN)/python tools/history_bench.py bench-out/history

demo-model: setup
	@$(BIN)/python tools/make_demo.py

fonts: setup
	@$(BIN)/python tools/make_fonts.py

manual: setup
	@$(BIN)/python tools/make_manual.py

methods: setup
	@$(BIN)/python tools/methods.py --few 5 20

texts: setup
	@$(BIN)/python tools/update_texts.py

package: package-linux package-windows
	@sh packaging/sums.sh

package-linux:
	@PYTHON="$(PYTHON)" sh packaging/linux/tools.sh
	@PYTHON="$(PYTHON)" sh packaging/bundle.sh
	@sh packaging/linux/build_deb.sh
	@sh packaging/sums.sh

package-windows:
	@PYTHON="$(PYTHON)" sh packaging/windows/build.sh
	@sh packaging/sums.sh

package-cuda:
	@PYTHON="$(PYTHON)" sh packaging/linux/tools.sh
	@PYTHON="$(PYTHON)" sh packaging/cuda/build_deb.sh
	@sh packaging/sums.sh

test-package: setup
	@echo "── what was built by make package: installed, used, upgraded, removed ──"
	@sh tests/package/tools.sh
	@STATION_PACKAGES=dist $(BIN)/python -m pytest -v -rs tests/package

clean:
	rm -rf $(VENV) demo-out bench-out dist build
