# Cornerdesk. `make run` tries it, `make test` checks it; CONTRIBUTING.md tells more. Meson does the building; this file
# is for hands. Everything may be run again: what is in place stays.

BUILD  ?= build
CHECK  ?= build-test
PORT   ?= 8080
STORE  ?=
PREFIX ?= /usr/local
DESTDIR ?=
SECONDS ?= 60
JOBS   ?= $(shell nproc 2>/dev/null || echo 2)

.PHONY: run build test unit api mail browser race check bench fuzz install pictures pot clean

run: build
	@PORT=$(PORT) STORE='$(STORE)' tools/run-sample $(BUILD)

build: $(BUILD)/build.ninja
	@ninja -j$(JOBS) -C $(BUILD) cornerdesk

$(BUILD)/build.ninja:
	@tools/deps build
	@meson setup $(BUILD) --buildtype=release -Db_lto=false -Db_ndebug=false >$(BUILD).log 2>&1 || { cat $(BUILD).log; exit 1; }
	@rm -f $(BUILD).log

# Everything is tested with the address and undefined-behaviour sanitizers in it.
$(CHECK)/build.ninja:
	@tools/deps build test
	@meson setup $(CHECK) -Db_sanitize=address,undefined -Db_lundef=false >$(CHECK).log 2>&1 || { cat $(CHECK).log; exit 1; }
	@rm -f $(CHECK).log

test: $(CHECK)/build.ninja
	@tools/deps build test
	@ninja -j$(JOBS) -C $(CHECK)
	@tools/run-tests $(CHECK) unit api mail browser
unit api mail browser: $(CHECK)/build.ninja
	@tools/deps build test
	@ninja -j$(JOBS) -C $(CHECK)
	@tools/run-tests $(CHECK) $@

check: $(CHECK)/build.ninja
	@tools/deps build check
	@ninja -j$(JOBS) -C $(CHECK)
	@tools/check $(CHECK)

bench: build
	@tools/deps build bench
	@bench/run $(BUILD)

# The API's tests once more, watched for threads that meet in the same memory.
race:
	@tools/deps build test
	@[ -e build-race/build.ninja ] || meson setup build-race -Db_sanitize=thread -Db_lundef=false >/dev/null
	@ninja -j$(JOBS) -C build-race cornerdesk
	@TSAN_OPTIONS="suppressions=$(CURDIR)/tools/race.supp history_size=4 exitcode=66" tools/run-tests build-race api

fuzz:
	@tools/deps build check
	@fuzz/run $(SECONDS)

# Meson remembers the prefix; it is told only of another one.
install: build
	@grep -qx '$(PREFIX)' $(BUILD)/prefix 2>/dev/null || { meson configure $(BUILD) -Dprefix=$(PREFIX); echo '$(PREFIX)' >$(BUILD)/prefix; }
	@ninja -j$(JOBS) -C $(BUILD) cornerdesk doc/cornerdesk.conf.example
	@DESTDIR='$(DESTDIR)' meson install -C $(BUILD) --no-rebuild >/dev/null
	@echo "installed under $(DESTDIR)$(PREFIX)"

pictures: build
	@tools/deps pictures
	@CORNERDESK=$(CURDIR)/$(BUILD)/cornerdesk node test/browser/pictures.mjs

pot: build
	@tools/pot.sh

clean:
	rm -rf $(BUILD) $(CHECK) build-clang build-race
