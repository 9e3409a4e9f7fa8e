PY = .venv/bin/python
.PHONY: setup quick test run bench
setup:
	@echo "see tools/setup"
