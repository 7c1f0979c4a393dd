# pmprep. `make help` lists the targets; V=1 shows the commands; O= names the build folder; SANITIZE= takes -fsanitize's list.
# pkg-config runs inside recipes, because `make deps drill` parses this file before the libraries exist.

VERSION := 0.1.0
O ?= build
PREFIX ?= /usr/local
CC ?= cc
OPT ?= -O2 -g
SANITIZE ?=
HOOKS ?=
TEST_O := build-test
PKG := sqlite3 ncursesw yaml-0.1
PKG_CONFIG ?= pkg-config

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 -Wvla
CPPFLAGS_ALL = -Iinclude -Isrc -include pmprep/base/banned.h -D_XOPEN_SOURCE=700 -D_DEFAULT_SOURCE -D_DARWIN_C_SOURCE \
	-DPMPREP_VERSION='"$(VERSION)"' $(if $(HOOKS),-DPMPREP_TEST_HOOKS) $(CPPFLAGS)
# ncursesw's own -D_XOPEN_SOURCE=600 gives way to ours.
PKG_CFLAGS = $$($(PKG_CONFIG) --cflags $(PKG)) -U_XOPEN_SOURCE
CFLAGS_ALL = -std=c17 $(WARN) $(OPT) -ffile-prefix-map=$(CURDIR)=. -fno-common -fstack-protector-strong \
	$(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer) $(CFLAGS)
LDFLAGS_ALL = $(if $(SANITIZE),-fsanitize=$(SANITIZE)) $(LDFLAGS)

SRC := $(sort $(wildcard src/*/*.c))
HEADERS := $(sort $(wildcard include/pmprep/*/*.h src/*/*.h))
OBJ := $(SRC:src/%.c=$(O)/obj/%.o)
LIB := $(O)/libpmprep.a
SUPPORT := $(sort $(wildcard tests/support/*.c))
TESTS := $(patsubst tests/%.c,$(O)/tests/%,$(sort $(wildcard tests/*/test_*.c)))

Q := $(if $(V),,@)
say = $(if $(V),@:,@printf '  %-6s %s\n' "$(1)" "$(2)")

.PHONY: all
all: $(O)/pmprep ## build the release program, ./build/pmprep

$(O)/pmprep: $(O)/obj/main.o $(LIB)
	$(call say,LINK,$@)
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $$($(PKG_CONFIG) --libs $(PKG)) -lm

$(LIB): $(OBJ)
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(O)/obj/%.o: src/%.c
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(PKG_CFLAGS) $(CPPFLAGS_ALL) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# Test programs see the library, the helpers of tests/support and, in PMPREP_BIN, the program of their build folder.
$(O)/libtestsupport.a: $(SUPPORT:tests/%.c=$(O)/tests/%.o)
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(O)/tests/%.o: tests/%.c
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(PKG_CFLAGS) $(CPPFLAGS_ALL) -Itests $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(O)/tests/%: $(O)/tests/%.o $(O)/libtestsupport.a $(LIB)
	$(call say,LINK,$@)
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $(filter %.o,$^) $(filter %.a,$^) $$($(PKG_CONFIG) --libs $(PKG)) -lcmocka -lvterm -lutil -lm

FIT := $(patsubst tests/%.c,$(O)/tests/%.o,$(sort $(wildcard tests/coach/*.c)))
$(O)/tests/coach/fit: $(FIT)

$(O)/tests/pty/test_term: | $(O)/tests/pty/term_demo

.PRECIOUS: $(O)/tests/%.o

# ---- what a person runs

.PHONY: deps deps-test drill
deps: ## install the compiler and the libraries through the system's package manager
	@.ci/deps build
deps-test: ## the same, with what the tests need
	@.ci/deps test
drill: $(filter deps,$(MAKECMDGOALS)) ## build and start a drill on the shipped banks
	@$(MAKE) --no-print-directory all
	@./$(O)/pmprep drill

.PHONY: install uninstall
SHARE = $(DESTDIR)$(PREFIX)/share
SHIPPED := $(patsubst data/%,%,$(wildcard $(foreach d,banks decks loops plans principles rubrics rules templates words,data/$d/*.yaml) data/schema/*.json))
install: all ## install under DESTDIR and PREFIX
	install -d $(DESTDIR)$(PREFIX)/bin $(SHARE)/man/man1 $(addprefix $(SHARE)/pmprep/,$(sort $(dir $(SHIPPED))))
	install -m 755 $(O)/pmprep $(DESTDIR)$(PREFIX)/bin/pmprep
	for f in $(SHIPPED); do install -m 644 data/$$f $(SHARE)/pmprep/$$f || exit 1; done
	install -m 644 data/man/pmprep.1 $(SHARE)/man/man1/pmprep.1
	install -d $(SHARE)/bash-completion/completions $(SHARE)/zsh/site-functions $(SHARE)/fish/vendor_completions.d
	install -m 644 data/completions/pmprep.bash $(SHARE)/bash-completion/completions/pmprep
	install -m 644 data/completions/_pmprep $(SHARE)/zsh/site-functions/_pmprep
	install -m 644 data/completions/pmprep.fish $(SHARE)/fish/vendor_completions.d/pmprep.fish
uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/pmprep $(SHARE)/man/man1/pmprep.1 $(SHARE)/bash-completion/completions/pmprep \
		$(SHARE)/zsh/site-functions/_pmprep $(SHARE)/fish/vendor_completions.d/pmprep.fish
	rm -rf $(SHARE)/pmprep

# ---- tests

# The release program and the sanitised one with its tests stand side by side: kill, fault and CLI runs use the release binary.
TEST_MAKE = $(MAKE) --no-print-directory O=$(TEST_O) SANITIZE=address,undefined HOOKS=1 OPT="-O1 -g"

.PHONY: test unit pty fault cli-test
test: $(filter deps-test,$(MAKECMDGOALS)) ## build with sanitisers and run every test
	@$(MAKE) --no-print-directory all
	@$(MAKE) --no-print-directory check-layers check-headers
	@$(TEST_MAKE) all unit pty fault
	@$(MAKE) --no-print-directory cli-test
	@$(MAKE) --no-print-directory fuzz FUZZ_RUNS=20000
	@tests/lint/tally.sh $(TEST_O)/log build/log

# One log a program under $(O)/log, so that tally can add them up; the first failure is shown whole and ends the run.
run_tests = @mkdir -p $(O)/log; for t in $(1); do \
	log=$(O)/log/$$(basename $$t).log; \
	if PMPREP_BIN=$(CURDIR)/$(O)/pmprep PMPREP_RELEASE=$(CURDIR)/build/pmprep PMPREP_DATA=$(CURDIR)/data \
		PMPREP_FIXTURES=$(CURDIR)/tests/fixtures LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lint/lsan.supp:print_suppressions=0 \
		$$t >$$log 2>&1; then printf '  ok     %s\n' "$$t"; else cat $$log; printf '  FAILED %s\n' "$$t"; exit 1; fi; done

unit: $(filter $(O)/tests/unit/%,$(TESTS)) ## run the unit tests of this build folder (O=)
	$(call run_tests,$^)
pty: all $(filter $(O)/tests/pty/%,$(TESTS)) ## run the tests on a pseudo terminal
	$(call run_tests,$(filter $(O)/tests/%,$^))
fault: all $(filter $(O)/tests/fault/%,$(TESTS)) ## kill, disk-full and failing-write runs, short
	$(call run_tests,$(filter $(O)/tests/%,$^))
cli-test: all ## run the command line tests against the release program
	$(call run_tests,$(sort $(wildcard tests/cli/*_test.sh)))

.PHONY: soak soak-run
soak: export PMPREP_EVENTS = 1000000
soak: export PMPREP_KILLS = 300
soak: ## a million random events under sanitisers and 300 kills: half an hour
	@$(MAKE) --no-print-directory all
	@$(TEST_MAKE) all soak-run
soak-run: $(O)/tests/pty/test_random $(O)/tests/fault/test_kill $(O)/tests/fault/test_mock_kill
	$(call run_tests,$^)

.PHONY: golden golden-run
golden: ## draw the pictures of tests/golden anew; look at what changed before you commit it
	@$(TEST_MAKE) golden-run
golden-run: export PMPREP_GOLDEN_WRITE = 1
golden-run: $(filter $(O)/tests/unit/test_screen_%,$(TESTS))
	$(call run_tests,$^)

.PHONY: coach-fit coach-score
COACH_LABELS := $(sort $(wildcard tests/fixtures/coach/*.jsonl))
COACH_FIT = $(O)/tests/coach/fit data $(filter-out %/held-out.jsonl,$(COACH_LABELS))
coach-fit: $(O)/tests/coach/fit ## fit the weights of the coach's rules to labelled answers, and write them into data/rules
	@$(COACH_FIT) --write
coach-score: all $(O)/tests/coach/fit ## how well the coach agrees with labelled answers, cross-validated and on each file
	@echo 'Cross-validated by topic' && $(COACH_FIT)
	@printf '\nCross-validated by author\n' && $(COACH_FIT) --authors
	@for f in $(COACH_LABELS); do printf '\n%s\n' "$$f"; ./$(O)/pmprep coach --labels "$$f" || exit 1; done

FUZZ_RUNS ?= 200000
FUZZ_O := build-fuzz
FUZZ := $(patsubst tests/fuzz/%.c,$(O)/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
.PHONY: fuzz fuzz-run
fuzz: ## fuzz the readers with clang's libFuzzer, FUZZ_RUNS= inputs each
	@$(MAKE) --no-print-directory O=$(FUZZ_O) CC=clang SANITIZE=address,undefined,fuzzer-no-link OPT="-O1 -g" fuzz-run

$(O)/fuzz/%: $(O)/tests/fuzz/%.o $(LIB)
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) -fsanitize=address,undefined,fuzzer -o $@ $^ $$($(PKG_CONFIG) --libs $(PKG)) -lm

# tests/fixtures/NAME holds the seeds of fuzz_NAME; what a run finds stays in the build folder.
fuzz-run: $(FUZZ)
	@for f in $(FUZZ); do name=$${f##*/fuzz_}; mkdir -p $(O)/corpus/$$name; \
		$$f -runs=$(FUZZ_RUNS) -seed=1 -max_len=4096 -timeout=5 -verbosity=0 -artifact_prefix=$(O)/ $(O)/corpus/$$name \
			$$(test -d tests/fixtures/$$name && echo tests/fixtures/$$name) >$(O)/$$name.log 2>&1 || \
			{ tail -n 40 $(O)/$$name.log; exit 1; }; \
		echo "  ok     fuzz $$name, $(FUZZ_RUNS) inputs"; done

.PHONY: pictures pictures-run
pictures: ## draw the pictures of the README from the real program
	@$(TEST_MAKE) pictures-run
pictures-run: all $(O)/tests/pictures/pictures
	@mkdir -p data/pictures
	@PMPREP_DATA=$(CURDIR)/data $(O)/tests/pictures/pictures $(CURDIR)/$(O)/pmprep data/pictures

.PHONY: bench
bench: all $(O)/tests/bench/measure ## measure against nano, sqlite3, libyaml and hunspell (ROWS=coach: the coach alone), and compare with tests/bench/RESULTS.md
	@tests/bench/run $(ROWS)

# ---- craft

.PHONY: check-layers check-headers format lint coverage
check-layers: ## no include runs against the arrows of src/README.md
	@tests/lint/check-layers.sh

check-headers: ## every header compiles alone
	@for h in $(HEADERS); do printf '#include "%s"\n' "$${h#include/}" | sed 's|"src/|"|' | \
		$(CC) $(PKG_CFLAGS) $(CPPFLAGS_ALL) -std=c17 $(WARN) -Werror -fsyntax-only -x c - || { echo "$$h does not compile alone"; exit 1; }; done
	@echo "headers: $(words $(HEADERS)) compile alone"

C_FILES = $(sort $(wildcard src/*.c src/*/*.[ch] include/pmprep/*/*.h tests/*/*.[ch]))
format: ## lay out the code with clang-format
	@clang-format -i $(C_FILES)

lint: ## warnings of gcc and clang, clang-format, clang-tidy, cppcheck, layers, headers
	@$(MAKE) --no-print-directory check-layers check-headers
	@clang-format --dry-run -Werror $(C_FILES) && echo "format: $(words $(C_FILES)) files"
	@$(MAKE) --no-print-directory O=build-gcc CC=gcc OPT=-O2 CFLAGS=-Werror all && echo "gcc: no warning"
	@$(MAKE) --no-print-directory O=build-clang CC=clang OPT=-O1 CFLAGS=-Werror all && echo "clang: no warning"
	@cppcheck --quiet --std=c11 --enable=warning,performance,portability --inline-suppr --error-exitcode=1 \
		--suppressions-list=tests/lint/cppcheck.supp -Iinclude -Isrc -j2 src && echo "cppcheck: clean"
	@printf '%s\n' $(SRC) src/main.c | xargs -P2 -I{} clang-tidy --quiet '--warnings-as-errors=*' {} -- -std=c17 $(CPPFLAGS_ALL) \
		2>/dev/null && echo "clang-tidy: clean"

coverage: ## line coverage of the pure rooms by the unit tests, at least 90 of 100
	@$(MAKE) --no-print-directory O=build-cov CC=clang HOOKS=1 OPT="-O0 -g" \
		CFLAGS="-fprofile-instr-generate -fcoverage-mapping" coverage-run
.PHONY: coverage-run
coverage-run: export LLVM_PROFILE_FILE = $(CURDIR)/$(O)/profile/%p.profraw
coverage-run: $(filter $(O)/tests/unit/%,$(TESTS))
	$(call run_tests,$^)
	@tests/lint/coverage.sh $(O) $^

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo '  V=1 shows the commands; O= names the build folder; CC= OPT= CFLAGS= SANITIZE= HOOKS=1 say how to build;'
	@echo '  DESTDIR= PREFIX= say where to install, FUZZ_RUNS= how long to fuzz.'

.PHONY: clean
clean: ## remove everything built
	rm -rf build build-*

-include $(OBJ:.o=.d) $(O)/obj/main.d $(TESTS:%=%.d) $(FIT:.o=.d) $(SUPPORT:tests/%.c=$(O)/tests/%.d)
