# What there is to make; README.md says what for.

GO       ?= go
NPM      ?= npm
LINT      = $(GO) run github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
# How long the fuzz targets run each in `make fuzz`.
FUZZTIME ?= 30s

# go-sqlite3 is C. Without cgo it compiles and then fails at the first database.
export CGO_ENABLED = 1

BIN     = bin/conflictmap
MODULES = node_modules/.package-lock.json
PAGE    = static/dist/index.html
WORLD   = gazetteer/dist/world.cmg

GO_SOURCES    := $(shell find cmd gazetteer geo seeds server static -type f -not -path '*/dist/*' -not -name '*_test.go' 2>/dev/null)
WORLD_SOURCES := $(shell find gazetteer -type f -not -path '*/dist/*' -not -path '*/geonames/*' -not -name '*_test.go' 2>/dev/null)
PAGE_SOURCES  := $(shell find static -type f \( -path 'static/src/*' -o -name '*.mjs' -not -path 'static/test/*' \) 2>/dev/null)

.PHONY: run build test test-go test-page screenshot lint bench bench-parse bench-server bench-page fuzz clean

# Serves the map with the sample dispatches in a database of its own.
run: build
	$(BIN) serve --demo

build: $(BIN)

# Without tables for debuggers, a fifth of the size; panics still name their lines.
$(BIN): go.mod go.sum $(GO_SOURCES) $(PAGE) $(WORLD)
	$(GO) build -trimpath -ldflags='-s -w' -o $@ ./cmd/conflictmap

# npm writes the file itself; touch keeps it newer than what it was made from.
$(MODULES): package.json package-lock.json
	$(NPM) ci --no-audit --no-fund
	@touch $@

$(PAGE): $(MODULES) $(PAGE_SOURCES)
	$(NPM) run build
	@touch $@

# The gazetteer of the whole world, embedded as the page is. Without it the
# binary has the authored tables alone, and says so.
$(WORLD): $(MODULES) go.mod go.sum $(WORLD_SOURCES)
	$(GO) run ./gazetteer/world -modules node_modules -output $@

test: test-go test-page

# With the world built in, as users have it.
test-go: $(WORLD)
	$(GO) vet ./...
	$(GO) test ./...
	@command -v ogrinfo >/dev/null || echo "SKIPPED the tests that need GDAL: apt-get install gdal-bin"
	@/usr/bin/python3 -c 'import qgis.core' 2>/dev/null || echo "SKIPPED the tests that need QGIS: apt-get install python3-qgis"
	@test -d ../shared || echo "SKIPPED the tests that need the folder shared beside the checkout"

# The browser tests drive the built binary. Without a browser they say that they
# are skipped; the others run. The pictures that they take are of this run alone.
test-page: build
	rm -rf static/test/screenshots
	$(NPM) test

# The picture that README.md opens with.
screenshot: build
	$(NPM) run screenshot

lint: $(MODULES)
	@unformatted=$$(gofmt -l cmd gazetteer geo seeds server static); \
	if [ -n "$$unformatted" ]; then echo "not gofmt-ed:"; echo "$$unformatted"; exit 1; fi
	$(LINT) run ./...
	$(NPM) run check

bench:
	$(GO) test -run '^$$' -bench . -benchmem ./...

# Speed of `parse --jsonl` on one core, on the documents of FILE fifty times over
# (default: the sample dispatches).
bench-parse: $(WORLD)
	CONFLICTMAP_BENCH_FILE=$(if $(FILE),$(abspath $(FILE))) $(GO) test -run '^$$' -bench ParseJSONL -cpu 1 -benchtime 3x ./cmd/conflictmap

# Requests a second on made-up data, which is kept in BENCH_DIR. Needs wrk.
MENTIONS  ?= 1000000
BENCH_DIR ?= bin/bench
bench-server: build
	$(GO) run ./cmd/bench-server -server $(BIN) -mentions $(MENTIONS) -dir $(BENCH_DIR)

# The map page on the same data, in headless Chromium: bytes, milliseconds, heap.
# BENCH_MINUTES=1 for a quick look.
bench-page: build
	$(GO) run ./cmd/bench-server -fill -mentions $(MENTIONS) -dir $(BENCH_DIR)
	BENCH_DB=$(abspath $(BENCH_DIR))/mentions-$(MENTIONS).db $(NPM) run --silent bench

# Every fuzz target for a while; `go test` alone runs their seeds.
fuzz:
	@set -e; for package in $$($(GO) list ./...); do \
		for target in $$($(GO) test -list '^Fuzz' $$package | grep '^Fuzz' || true); do \
			echo "$$package $$target"; \
			$(GO) test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 1x $$package; \
		done; \
	done

clean:
	rm -rf bin node_modules
	find static/dist gazetteer/dist -mindepth 1 -not -name .gitkeep -not -name .gitignore -delete
