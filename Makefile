# Build, run and test baserate. `make` alone says what there is.
#
# What a target needs is a file it depends on, and a stamp stands for each download, so nothing is done twice.

# Without histories to collect it is our own, with the demo fleet beside it.
DEMO  := $(if $(REPOS),,--demo)
REPOS ?= .
DATA  ?= .data
ADDR  ?= 127.0.0.1:8080
PKG   ?= ./...
BENCH ?= .

SHELL       := bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS   += --no-builtin-rules --no-print-directory
.DELETE_ON_ERROR:

# Without cgo the build is the same whether or not the machine has a C compiler.
export CGO_ENABLED ?= 0

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
TOOL    := go tool -modfile=tools/go.mod
NPM_CI  := npm ci --no-audit --no-fund --no-progress --loglevel=error

LIBCHDB := store/embedded/node_modules/.stamp
NODE    := frontend/node_modules/.stamp
PROOF   := collectors/proof/node_modules/.stamp
PAGES   := frontend/dist/index.html
BINARY  := bin/baserate

# The folders stand among the inputs too, so that a file taken away is noticed as well as one that changed.
PAGE_INPUTS := $(shell find frontend -mindepth 1 \( -name node_modules -o -path frontend/dist -o -name '*.test.*' \) -prune \
	-o -not -name '*.go' -print)

.PHONY: help
help: ## say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-17s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo '  REPOS="path …"  git clones to collect (now: $(REPOS)$(if $(DEMO), and the demo fleet))    DATA=dir  where they are kept (now: $(DATA))'
	@echo '  ADDR=host:port  where the pages are served (now: $(ADDR))'

# --- run ---------------------------------------------------------------------------------------------------

.PHONY: run build emulator
run: ## build, collect REPOS and serve the pages on ADDR; without REPOS the demo fleet too
	@$(MAKE) -j4 build
	@exec $(BINARY) serve $(DEMO) --data "$(DATA)" --addr "$(ADDR)" $(REPOS)

build: $(BINARY) $(LIBCHDB) ## build bin/baserate and fetch the ClickHouse library

emulator: $(PROOF) ## a GitHub of its own on 127.0.0.1:4101 with a small history, for baserate.yaml.example
	@exec node collectors/proof/servers/emulator.mjs --port 4101

# Go itself knows best whether anything is to be built, and takes under a second to say no.
.PHONY: $(BINARY)
$(BINARY): $(PAGES) bin/.modules
	@go build -ldflags "-X main.version=$(VERSION)" -o $@ ./cmd/baserate

# Other people's Go code takes longest to compile and needs no pages: it goes on while npm downloads.
bin/.modules: go.mod go.sum | need-go
	@echo "== fetching and compiling Go modules"
	@mkdir -p bin
	@go list -e -deps -f '{{with .Module}}{{if not .Main}}{{$$.ImportPath}}{{end}}{{end}}' ./cmd/baserate | xargs -r go build
	@touch $@

$(PAGES): $(NODE) $(PAGE_INPUTS)
	@echo "== building the pages"
	@cd frontend && npm run --silent build
	@touch $@ frontend/dist/.gitkeep

$(NODE): frontend/package-lock.json | need-node
	@echo "== fetching what the pages are built with"
	@cd frontend && $(NPM_CI)
	@touch $@

$(LIBCHDB): store/embedded/package-lock.json | need-node
	@echo "== fetching the ClickHouse library (178 MB, once)"
	@cd store/embedded && $(NPM_CI)
	@touch $@

$(PROOF): collectors/proof/package-lock.json collectors/proof/servers/trim | need-node
	@echo "== fetching the servers that the tests collect from"
	@cd collectors/proof && $(NPM_CI)
	@touch $@

# --- test --------------------------------------------------------------------------------------------------

STAGES := check-format check-modules check-vet check-lint check-generated \
	test-go test-race test-frontend test-browser test-deploy

.PHONY: test $(STAGES)
test: ## everything: Go, frontend, browser; installs what it needs
	@$(MAKE) -j4 build $(PROOF) need-chromium need-compose need-alertmanager
	@tools/stages $(STAGES)

check-format: ## gofumpt
	@unformatted=$$($(TOOL) gofumpt -l .); [[ -z $$unformatted ]] || \
		{ echo "not as gofumpt writes them (make fmt):"; echo "$$unformatted"; exit 1; }

check-modules: ## go.mod names what the code uses
	@go mod tidy -diff || { echo "go.mod is not as the code needs it: go mod tidy"; exit 1; }

check-vet: ## go vet
	@go vet ./...

check-lint: ## staticcheck
	@$(TOOL) staticcheck ./...

# The sums are compared, not git's view, so that work not yet committed can be checked too.
GENERATED := { grep -rlZE --exclude-dir=node_modules --exclude-dir=.git --exclude-dir=dist --exclude-dir=.data \
	'^(//|/\*\*?| \*|<!--|--|\#)? ?(Code generated .* DO NOT EDIT|This file was auto-generated)' . || [[ $$? == 1 ]]; } \
	| sort -z | xargs -0r sha256sum

check-generated: $(NODE) ## generated files are what their sources give
	@before=$$($(GENERATED)); $(MAKE) generate; after=$$($(GENERATED)); \
		diff <(echo "$$before") <(echo "$$after") || \
		{ echo "generated files were out of date; they are new now: commit them"; exit 1; }

test-go: $(LIBCHDB) $(PAGES) $(PROOF) need-alertmanager ## the Go tests
	@go test -timeout 15m $(PKG)

# The detector needs a C compiler, so it runs where there is one; the packages are those that share memory.
# Left out are tests of mere size, and the proof, whose baserate is another process.
RACE_PKG ?= $(shell go list ./collectors/... ./store/... ./api/... 2>/dev/null | grep -v /proof$$)

test-race: $(LIBCHDB) $(PAGES) ## the Go tests of concurrent code under the race detector
	@if [[ -x $$(command -v gcc) ]]; then CGO_ENABLED=1 go test -race -short -skip 'TenThousand|Fleet' -timeout 15m $(RACE_PKG); \
		else echo "not run: there is no C compiler (apt-get install gcc libc6-dev)"; fi

test-frontend: $(NODE) $(PAGES) ## types, unit tests and size of the pages
	@cd frontend && npm run --silent typecheck && npm run --silent test && npm run --silent size

test-browser: build need-chromium ## the pages in a real browser
	@cd frontend && BASERATE_CHROMIUM="$${BASERATE_CHROMIUM:-$$(command -v chromium)}" npm run --silent e2e

test-deploy: need-compose ## the compose file and the Dockerfile
	@deploy/check

# --- and so on ---------------------------------------------------------------------------------------------

.PHONY: bench calibrate generate fmt clean
bench: build $(PROOF) ## benchmarks; BASERATE_BENCH_REPOS="path …" adds real histories
	@go test -run '^$$' -bench '$(BENCH)' -benchmem -timeout 120m $(PKG)

# 200 fleets an experiment: more than 200 million changes, some minutes on two cores.
calibrate: build ## how often the answers are right: writes docs/calibration.md
	@bin/baserate calibrate --out docs/calibration.md

generate: $(NODE) | need-go ## write the generated files anew
	@go generate ./...
	@cd frontend && npm run --silent generate

fmt: | need-go ## write Go code as gofumpt has it
	@$(TOOL) gofumpt -w .

clean: ## remove all that was built or fetched, but not the data
	@rm -rf bin frontend/node_modules store/embedded/node_modules collectors/proof/node_modules coverage
	@find frontend/dist -mindepth 1 -not -name .gitkeep -delete

# --- what a machine must have ------------------------------------------------------------------------------

.PHONY: need-go need-node need-chromium need-compose need-alertmanager
need-go:
	@tools/need git git
	@tools/need go golang "Go 1.26 or newer: https://go.dev/dl"

need-node:
	@tools/need node nodejs "Node 20.19 or newer: https://nodejs.org"
	@tools/need npm npm

need-chromium:
	@[[ -n "$${BASERATE_CHROMIUM:-}" ]] || tools/need --install chromium chromium \
		"or any Chromium or Chrome, named by BASERATE_CHROMIUM"

# Only root can install it; deploy/check says what is left unchecked without.
need-compose:
	@docker compose version >/dev/null 2>&1 || [[ $$(id -u) != 0 ]] || tools/need --install docker-compose docker-compose

# The tests of its hook start one of their own.
need-alertmanager:
	@[[ -n "$${BASERATE_ALERTMANAGER:-}" ]] || tools/need --install --still prometheus-alertmanager prometheus-alertmanager \
		"or any Alertmanager, named by BASERATE_ALERTMANAGER"
