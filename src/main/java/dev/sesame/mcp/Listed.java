package dev.sesame.mcp;

import java.time.Instant;

/// One of a user's MCP servers, without the values of its variables and headers.
record Listed(String name, Definition definition, boolean enabled, Instant createdAt) {}
