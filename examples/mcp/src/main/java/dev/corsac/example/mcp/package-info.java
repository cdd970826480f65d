/** An MCP server behind a policy. */
@NullMarked
package dev.corsac.example.mcp;

import org.jspecify.annotations.NullMarked;
