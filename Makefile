# Every target finds a JDK 25 by itself (scripts/jdk.sh); the plain `java` may be any other.
.POSIX:
.PHONY: help bench test test-agents test-faults test-browser test-attack test-slow check lint-api format dev clean

maven = . scripts/jdk.sh && find_jdk && mvn -B -ntp

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-14s%s\n", $$1, $$2 }' Makefile

test: ## the whole fast tier, checks included; sets up what it needs
	@sh scripts/test.sh fast

test-agents: ## the real agent programs against a scripted model
	@sh scripts/test.sh agents

test-faults: ## the long fault suite: kills, cuts and restarts; prints its figures
	@sh scripts/test.sh faults

test-browser: ## all stories of the web UI in a real browser; pictures in target/screenshots
	@sh scripts/test.sh browser

test-attack: ## 20,000 random and hostile requests, from the API's document; -Dsesame.seed=N repeats a run
	@sh scripts/test.sh attack

test-slow: ## what takes long: a repository of 1 GB, the better-auth client of npm
	@sh scripts/test.sh slow

lint-api: ## lint the API's document with Spectral and Redocly
	@$(maven) -q test -Dweb.skip -Dtest=ReleasedDocumentTest && sh scripts/lint-api.sh

bench: ## measure speed and memory, print a table; NAMES="delivery replay" for some of it
	@sh scripts/bench.sh $(NAMES)

check: ## compile with all warnings, format, architecture and size rules
	@$(maven) -q spotless:check test -Dtest='dev.sesame.rules.*Test'

format: ## format the sources
	@$(maven) -q spotless:apply

dev: ## the server with live reload
	@$(maven) -q quarkus:dev

clean: ## remove all that was built
	rm -rf target
