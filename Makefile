# SPDX-License-Identifier: Apache-2.0
#
# The workshop. Every target installs what it misses, inside of this folder, from the locks; a second run is instant.
# What is needed beforehand: Python 3.11 to 3.13, Node 20 or later with npm, make, git.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory

# Installing reads the user's own settings (mirror, proxy, certificates), so it keeps the user's home. All else runs
# with a home in the checkout, because Brownie writes there.
USER_HOME := $(or $(CONCORDAT_USER_HOME),$(HOME))
export CONCORDAT_USER_HOME := $(USER_HOME)
export HOME := $(CURDIR)/.home
unexport XDG_CACHE_HOME XDG_CONFIG_HOME XDG_DATA_HOME PYTHONPATH PYTHONHOME VIRTUAL_ENV PYTEST_ADDOPTS
export PATH := $(CURDIR)/.venv/bin:$(CURDIR)/node_modules/.bin:$(PATH)
export SOLCX_BINARY_PATH := $(CURDIR)/.tools/solc
export PYTHONUTF8 := 1
export PYTHONUNBUFFERED := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
export PIP_CACHE_DIR := $(CURDIR)/.home/.cache/pip
export UV_CACHE_DIR := $(CURDIR)/.home/.cache/uv
export npm_config_cache := $(CURDIR)/.home/.npm
export npm_config_update_notifier := false
export npm_config_fund := false
export npm_config_audit := false

# The local chain of `make chain`.
CHAIN_PORT ?= 8545
CHAIN_TIME ?=
export CHAIN_PORT CHAIN_TIME

PY := .venv/bin/python
STAMPS := .tools/stamps
SOLC := .tools/solc/solc-v0.8.30
BROWNIE := $(PY) -m tools.run_brownie
PYTEST := $(PY) -m pytest -p no:pytest-brownie
# Where the contract tests run: ganache-cli or anvil.
NETWORK ?= ganache-cli
CONTRACT_TESTS = $(wildcard tests/contracts tests/stateful tests/scripts tests/console)
# How many tests run at once.
WORKERS ?= 2
# Paths and options for one part of a suite, for instance: make test-client ARGS="tests/client/evidence -k merkle"
ARGS ?=
PYTHON_SOURCES = $(wildcard src tests scripts tools examples benchmarks)
SOLIDITY_SOURCES = 'contracts/**/*.sol' 'interfaces/**/*.sol'

# pip asks rustc for its version, to tell the index, and a rustup that finds no home makes one.
PIP_INSTALL = HOME="$(USER_HOME)" RUSTUP_HOME="$(HOME)/.rustup" $(1)/bin/python -m pip install -qq --require-hashes --no-deps --no-build-isolation
# Two commands at once in one checkout: the second waits until the first has installed, and finds nothing to do.
ONE_AT_A_TIME := $(if $(shell command -v flock),flock .tools/setup.lock)
say = printf '\n==> %s\n' $(1) >&2
or_fail = || { printf '\n%s\n' $(1) >&2; exit 1; }

FIND_PYTHON = for python in $(PYTHON) python3.11 python3.12 python3.13 python3; do \
	if "$$python" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; \
	then command -v "$$python"; break; fi; done

## -- To begin with ------------------------------------------------------------------------------------------------

.PHONY: help
help: ## Say what can be made
	@sed -n -e 's/^## -- \(.*[a-z]\) -*$$/\n\1/p' \
		-e 's/^\([a-z][a-z-]*\):.*## \(.*\)/\1|\2/p' $(firstword $(MAKEFILE_LIST)) \
		| awk -F'|' 'NF == 2 { printf "  make %-16s %s\n", $$1, $$2; next } { print }'

.PHONY: setup
setup: | $(STAMPS) ## Install everything that is missing
	@$(ONE_AT_A_TIME) $(MAKE) installed

.PHONY: installed
installed: $(STAMPS)/node $(STAMPS)/solc $(STAMPS)/python $(STAMPS)/project $(STAMPS)/networks
	@:

.PHONY: demo
demo: setup ## Tell all parts on a local chain: evidence, a freeze, cooperation
	@$(call say,"The demonstration") ; PYTHONPATH=examples $(PY) -m demo

.PHONY: demo-evidence
demo-evidence: setup ## Tell only how evidence is collected, judged and checked
	@$(call say,"The demonstration: evidence") ; PYTHONPATH=examples $(PY) -m demo evidence

.PHONY: demo-freeze
demo-freeze: setup ## Tell only how money is stopped, frozen and given back
	@$(call say,"The demonstration: freeze") ; PYTHONPATH=examples $(PY) -m demo freeze

.PHONY: demo-cooperation
demo-cooperation: setup ## Tell only how members decide, agree, ask each other and are rated
	@$(call say,"The demonstration: cooperation") ; PYTHONPATH=examples $(PY) -m demo cooperation

## -- Tests --------------------------------------------------------------------------------------------------------

.PHONY: test
test: check-sources test-client test-contracts test-foundry check-gas test-chain test-faults test-readme ## Run every test that a change must pass
	@$(call say,"All tests passed.")

.PHONY: check-sources
check-sources: setup ## Compare the committed artifacts and storage layouts with the contracts
	@$(call say,"Artifacts and storage layouts against the contracts") ; $(PY) -m tools.compile check

.PHONY: test-client
test-client: setup ## Test the client alone: no chain, no network, no Brownie
	@$(call say,"Client tests")
	@$(PYTEST) -n $(WORKERS) --dist loadfile $(or $(ARGS),tests/client) \
		$(call or_fail,"The client tests failed; what failed is named above.")

.PHONY: test-contracts
test-contracts: setup $(STAMPS)/sources ## Test contracts and scripts with Brownie (NETWORK=anvil for the other chain)
	@$(call say,"Contract tests on $(NETWORK)")
	@$(if $(ARGS),$(BROWNIE) test $(ARGS) --network $(NETWORK),$(PY) -m tools.contract_tests --network $(NETWORK) --hands $(WORKERS) $(CONTRACT_TESTS)) \
		$(call or_fail,"The contract tests failed; what failed is named above.")

PLAN = from concordat.ledger.deploy import MODULES; print(*MODULES, sep=',')

.PHONY: test-foundry
test-foundry: check-sources ## Let random acts of everybody try to lose or make money (Forge)
	@$(call say,"Conservation under random acts")
	@if command -v forge >/dev/null; then SUITE_MODULES=$$($(PY) -c "$(PLAN)") && export SUITE_MODULES && \
		FOUNDRY_CONFIG=tests/foundry/foundry.toml forge test --root . $(ARGS) \
		$(call or_fail,"An invariant does not hold; the acts that broke it are named above."); \
	else echo "Forge is not installed (it comes for Linux x64 alone); the invariants were not tried." >&2; fi

.PHONY: check-gas
check-gas: setup ## Compare the gas that the contract tests measured with the snapshot
	@$(call say,"Gas against the snapshot")
	@$(PY) -m tools.snapshot check reports/gas.json snapshots/gas.json --mend "make gas"

.PHONY: test-chain
test-chain: setup ## Let the agencies of five countries work together by the command line, on a real chain
	@$(call say,"Cooperation on a chain of its own")
	@$(PYTEST) -n $(WORKERS) --dist loadfile $(or $(ARGS),tests/chain) $(call or_fail,"The tests of cooperation failed; what failed is named above.")

.PHONY: test-faults
test-faults: setup ## Cut the wire, kill the client, fill the disk before a real chain
	@$(call say,"Faults on a chain of their own")
	@$(PYTEST) $(or $(ARGS),tests/faults) $(call or_fail,"The tests of faults failed; what failed is named above.")

.PHONY: test-readme
test-readme: setup ## Run the commands of the README as they are written
	@if [ -d tests/readme ]; then $(call say,"README commands"); $(PYTEST) tests/readme; fi

.PHONY: test-heavy
test-heavy: export HEAVY := 1
test-heavy: test-client test-contracts ## Run the tests with 10,000 cases a property (long)

.PHONY: test-wheel
test-wheel: wheel ## Install the wheel alone, without Brownie, and run the client tests on it
	@$(call say,"A fresh environment with nothing but the wheel and its locked dependencies")
	@$(PY) -m venv --clear .tools/wheel
	@$(call PIP_INSTALL,.tools/wheel) --only-binary :all: -r requirements/client.txt
	@.tools/wheel/bin/python -m pip install -qq --no-deps --no-index dist/*.whl
	@cd tests && ../.tools/wheel/bin/python -m pytest -c ../pyproject.toml --rootdir . -p no:cacheprovider client \
		$(call or_fail,"The wheel alone does not pass the client tests.")

.PHONY: coverage
coverage: setup ## Measure what the tests reach, into reports/
	@$(call say,"Coverage of the client") ; $(PY) -m coverage run -m pytest -q -p no:pytest-brownie tests/client
	@mkdir -p reports ; $(PY) -m coverage report --skip-covered ; $(PY) -m coverage xml -q -o reports/client-coverage.xml
	@$(call say,"Coverage of the contracts (every transaction is traced: some hours)")
	@rm -f build/tests.json ; $(BROWNIE) test tests/contracts --coverage
	@$(PY) -m tools.contract_coverage

.PHONY: bench
bench: setup ## Measure gas, intake and Merkle building beside the alternatives, into reports/bench.md
	@$(call say,"The benchmark") ; mkdir -p reports ; $(PY) -m benchmarks.run

.PHONY: bench-load
bench-load: setup ## Measure registrations a second on a local chain, into reports/load.md
	@$(call say,"The load") ; $(PY) -m benchmarks.load

.PHONY: bench-standing
bench-standing: setup ## Let rings, spite and neglect try the arithmetic of standing over five years, into reports/standing.md
	@$(call say,"The simulation of standing") ; $(PY) -m benchmarks.standing

## -- Style --------------------------------------------------------------------------------------------------------

.PHONY: lint
lint: setup ## Check style and types of Python and Solidity
	@$(call say,"ruff") ; $(PY) -m ruff check $(PYTHON_SOURCES) && $(PY) -m ruff format --check $(PYTHON_SOURCES) \
		$(call or_fail,"ruff is not content; \`make format\` mends what it can.")
	@$(call say,"mypy") ; $(PY) -m mypy $(call or_fail,"The types do not fit; mypy names the places above.")
	@$(call say,"solhint") ; solhint --disc --max-warnings 0 $(SOLIDITY_SOURCES) \
		$(call or_fail,"solhint is not content; it names the places above.")
	@$(call say,"prettier") ; prettier --check --log-level warn --no-error-on-unmatched-pattern $(SOLIDITY_SOURCES) \
		$(call or_fail,"The Solidity sources are not formatted; \`make format\` does it.")

.PHONY: format
format: setup ## Format Python and Solidity
	@$(PY) -m ruff check --fix --quiet --exit-zero $(PYTHON_SOURCES) ; $(PY) -m ruff format $(PYTHON_SOURCES)
	@prettier --write --log-level warn --no-error-on-unmatched-pattern $(SOLIDITY_SOURCES)

.PHONY: slither
slither: setup ## Analyse the contracts; any medium or high finding fails
	@$(ONE_AT_A_TIME) $(MAKE) $(STAMPS)/slither
	@$(call say,"slither") ; $(PY) -m tools.slither

## -- What is committed of the contracts -----------------------------------------------------------------------------

.PHONY: artifacts
artifacts: setup ## Write ABI and bytecode of every contract into the package
	@$(PY) -m tools.compile write artifacts

.PHONY: layout
layout: setup ## Write the storage layout of every contract into snapshots/
	@$(PY) -m tools.compile write layout

.PHONY: gas
gas: setup ## Accept the gas of the last `make test-contracts` as the snapshot
	@$(PY) -m tools.snapshot update reports/gas.json snapshots/gas.json

## -- The local chain ----------------------------------------------------------------------------------------------

.PHONY: chain
chain: setup ## Start a local chain in the background (CHAIN_PORT=8545, CHAIN_TIME=2026-03-17T00:00:00Z)
	@$(PY) -m tools.chain start

.PHONY: stop
stop: ## Stop the local chain; what it holds stays
	@if [ -x $(PY) ]; then $(PY) -m tools.chain stop; else echo "No chain of this checkout runs." >&2; fi

.PHONY: brownie
brownie: setup ## Run Brownie: make brownie ARGS="run deploy main founders.yaml KEY --network local"
	@$(BROWNIE) $(ARGS)

.PHONY: shell
shell: setup ## Open a shell in which `concordat`, `brownie` and the chain's tools are at hand
	@echo "Leave with \`exit\`." >&2 ; $(or $(CONCORDAT_SHELL),/bin/sh)

## -- Packaging and cleaning -----------------------------------------------------------------------------------------

.PHONY: wheel
wheel: setup ## Build the wheel into dist/
	@$(call say,"The wheel") ; rm -rf dist ; $(PY) -m hatchling build -t wheel -d dist

.PHONY: lock
lock: $(STAMPS)/python ## Resolve all dependencies anew and write the locks
	@$(call say,"Locking Python and npm packages") ; HOME="$(USER_HOME)" $(PY) -m tools.lock $(ARGS)

.PHONY: clean
clean: stop ## Remove what tests, builds and the local chain left
	@rm -rf build dist .chain .hypothesis .pytest_cache .mypy_cache .ruff_cache .coverage .tools/wheel
	@find reports -mindepth 1 ! -name README.md -delete
	@rm -rf .home/.brownie/hypothesis ; find $(PYTHON_SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: distclean
distclean: clean ## Remove everything that was installed, too
	@rm -rf .venv node_modules .tools .home

## -----------------------------------------------------------------------------------------------------------------

$(STAMPS) .home:
	@mkdir -p $@

$(STAMPS)/node: package.json package-lock.json | $(STAMPS) .home
	@node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' 2>/dev/null && command -v npm >/dev/null \
		$(call or_fail,"Node 20 or later with npm is needed and was not found on PATH.")
	@$(call say,"Installing Ganache and the Solidity compiler and their companions (npm; about half a minute)")
	@HOME="$(USER_HOME)" npm ci --ignore-scripts --no-progress --loglevel=error \
		$(call or_fail,"npm could not install the locked packages. Is the npm registry reachable? Run the same again.")
	@touch $@

# Brownie does not see that its compiler changed, so what it compiled goes.
$(STAMPS)/solc: tools/solc.js $(STAMPS)/node
	@mkdir -p .tools/solc ; ln -sfn ../../tools/solc.js $(SOLC) ; rm -rf build/contracts build/interfaces
	@$(SOLC) --version | grep -q 'Version: 0.8.30' $(call or_fail,"The Solidity compiler does not run.")
	@touch $@

$(STAMPS)/python: requirements/build.txt requirements/dev.txt | $(STAMPS) .home
	@$(PY) -m pip --version >/dev/null 2>&1 || { \
		python=$$($(FIND_PYTHON)) ; \
		[ -n "$$python" ] $(call or_fail,"Python 3.11 to 3.13 with venv is needed and was not found. Name one: make setup PYTHON=/path/to/python3.11") ; \
		$(call say,"Making .venv with $$python") ; \
		"$$python" -m venv --clear .venv ; }
	@$(call say,"Installing Brownie and the client's dependencies (PyPI; about a minute)")
	@$(call PIP_INSTALL,.venv) -r requirements/build.txt \
		&& BROWNIE_NOCOMPILE=1 BROWNIE_LIB=1 $(call PIP_INSTALL,.venv) -r requirements/dev.txt \
		$(call or_fail,"pip could not install the locked packages. Is PyPI reachable? Run the same again.")
	@touch $@

$(STAMPS)/project: pyproject.toml $(STAMPS)/python
	@$(call say,"Installing this package in place")
	@$(PY) -m pip install -qq --no-deps --no-index --no-build-isolation --editable . \
		$(call or_fail,"This package could not be installed in place; pip names the reason above.")
	@touch $@

$(STAMPS)/networks: tools/networks.py $(STAMPS)/python
	@$(PY) -m tools.networks
	@touch $@

# Brownie compiles what changed; solc, by the intermediate language, numbers what it is given, and so makes other code
# of the same source. What is tested is what is published: all compiled at once.
$(STAMPS)/sources: $(shell find contracts interfaces -name '*.sol') $(STAMPS)/solc
	@rm -rf build/contracts build/interfaces ; touch $@

$(STAMPS)/slither: requirements/slither.txt $(STAMPS)/python
	@$(call say,"Installing slither in an environment of its own")
	@$(PY) -m venv --clear .tools/slither
	@$(call PIP_INSTALL,.tools/slither) --only-binary :all: -r requirements/slither.txt \
		$(call or_fail,"pip could not install slither. Is PyPI reachable? Run the same again.")
	@touch $@
