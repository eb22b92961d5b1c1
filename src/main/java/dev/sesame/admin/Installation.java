package dev.sesame.admin;

import dev.sesame.agent.AgentPrograms;
import java.nio.file.Path;
import java.time.Instant;

/// What this server is: fixed at its start.
///
/// @param database `SQLite` or `PostgreSQL`
/// @param programs of the agents
public record Installation(
        String version, Instant startedAt, String database, Path dataDirectory, AgentPrograms programs) {}
