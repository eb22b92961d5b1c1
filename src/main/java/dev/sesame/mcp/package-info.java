/// MCP servers: what tools a user's agents have beside their own and their repositories'.
///
/// [McpServers] keeps them, the values of their variables and headers in the vault. May use `credential`,
/// `agent` (for what drivers are given), `auth`, `audit`, `http`, `db`.
@NullMarked
package dev.sesame.mcp;

import org.jspecify.annotations.NullMarked;
