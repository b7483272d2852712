# make reports | test | test-all | lab | lint | measures: each makes .venv first if it is missing
PYTHON ?= python3
BIN = .venv/bin

reports: .venv/ready
	$(BIN)/python -m helpers report seeds --out reports

test: .venv/ready
	$(BIN)/python -m pytest -m "not slow"

test-all: .venv/ready
	$(BIN)/python -m pytest

lab: .venv/ready
	$(BIN)/jupyter lab notebooks/explore.ipynb

lint: .venv/ready
	$(BIN)/ruff check .

measures: .venv/ready
	$(BIN)/python gold/measure.py

.venv/ready: requirements.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet -r requirements.txt
	touch $@

.PHONY: reports test test-all lab lint measures
