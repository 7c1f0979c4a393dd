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
PKG := ncursesw sqlite3 yaml-0.1
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
UNIT := $(patsubst tests/unit/%.c,$(O)/unit/%,$(sort $(wildcard tests/unit/test_*.c)))

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

$(O)/unit/%: tests/unit/%.c $(LIB)
	$(call say,TEST,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(PKG_CFLAGS) $(CPPFLAGS_ALL) -Itests $(CFLAGS_ALL) $(LDFLAGS_ALL) -MMD -MP -MF $@.d -o $@ $< \
		$(LIB) $$($(PKG_CONFIG) --libs $(PKG)) -lcmocka -lm

.PHONY: unit
unit: $(UNIT) ## build and run the unit tests of this build folder
	$(Q)for t in $(UNIT); do $$t || exit 1; done

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' Makefile

.PHONY: clean
clean: ## remove everything built
	rm -rf build $(TEST_O) build-*

-include $(OBJ:.o=.d) $(O)/obj/main.d $(UNIT:%=%.d)
