# Every target finds a JDK 25 by itself (scripts/jdk.sh); the plain `java` may be any other.
.POSIX:
.PHONY: help test test-agents test-faults check format dev clean

maven = . scripts/jdk.sh && find_jdk && mvn -B -ntp

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-14s%s\n", $$1, $$2 }' Makefile

test: ## the whole fast tier, checks included; sets up what it needs
	@sh scripts/test.sh fast

test-agents: ## the real agent programs against a scripted model
	@sh scripts/test.sh agents

test-faults: ## the long fault suite: kills, cuts and restarts; prints its figures
	@sh scripts/test.sh faults

check: ## compile with all warnings, format, architecture and size rules
	@$(maven) -q spotless:check test -Dtest='dev.sesame.rules.*Test'

format: ## format the sources
	@$(maven) -q spotless:apply

dev: ## the server with live reload
	@$(maven) -q quarkus:dev

clean: ## remove all that was built
	rm -rf target
