package dev.corsac.example.mcp;

import dev.corsac.CorsPolicy;
import dev.corsac.Enforcement;
import dev.corsac.servlet.CorsFilter;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.ServerCapabilities;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** An MCP server with one tool (Streamable HTTP, by the MCP Java SDK), in an embedded Jetty. */
final class McpExample {
  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final McpSyncServer mcp;

  /** Serves on the loopback interface; any free port is 0. */
  McpExample(int port) throws Exception {
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder().mcpEndpoint("/mcp").build();
    mcp =
        McpServer.sync(transport)
            .serverInfo("corsac-example", "1")
            .capabilities(ServerCapabilities.builder().tools(false).build())
            .toolCall(
                Tool.builder("greet", Map.of("type", "object"))
                    .description("Greets whoever calls.")
                    .build(),
                (exchange, call) -> CallToolResult.builder().addTextContent("Hello").build())
            .build();
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServletContainerInitializer(
        (classes, servletContext) -> CorsFilter.addTo(servletContext, policy()));
    ServletHolder servlet = new ServletHolder(transport);
    servlet.setAsyncSupported(true);
    context.addServlet(servlet, "/mcp");
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(context);
    server.start();
  }

  /** What clients that are web pages need, such as MCP Inspector, and nothing for other pages. */
  static CorsPolicy policy() {
    return CorsPolicy.builder()
        .hosts("localhost", "127.0.0.1", "[::1]")
        .allowOrigins("https://app.example.com", "http://localhost:6274", "http://127.0.0.1:6274")
        .allowMethods("GET", "POST", "DELETE")
        .allowHeaders("Authorization", "Mcp-Session-Id", "Mcp-Protocol-Version", "Last-Event-ID")
        .exposeHeaders("Mcp-Session-Id", "WWW-Authenticate")
        .enforce(Enforcement.ALL)
        .build();
  }

  int port() {
    return connector.getLocalPort();
  }

  void stop() throws Exception {
    mcp.close();
    server.stop();
  }

  /** Serves until it is stopped; the port is the first argument, or 8080. */
  public static void main(String[] args) throws Exception {
    McpExample example = new McpExample(args.length == 0 ? 8080 : Integer.parseInt(args[0]));
    System.out.println("listening on http://127.0.0.1:" + example.port() + "/mcp");
    example.server.join();
  }
}
