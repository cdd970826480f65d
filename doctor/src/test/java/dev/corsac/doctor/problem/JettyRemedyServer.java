package dev.corsac.doctor.problem;

import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.LoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;

/** Jetty's own handlers, without servlets. */
final class JettyRemedyServer implements RemedyServer {
  private static final String SOURCE =
      """
      import java.time.Duration;
      import java.util.Set;
      import java.util.regex.Pattern;
      import org.eclipse.jetty.http.HttpCookie;
      import org.eclipse.jetty.security.*;
      import org.eclipse.jetty.security.authentication.*;
      import org.eclipse.jetty.server.*;
      import org.eclipse.jetty.server.handler.*;
      import org.eclipse.jetty.session.*;

      public class Snippet {
        public static void apply(Server server, LoginService loginService) {
      %s
        }
      }
      """;

  @Override
  public Running start(String name, Remedy remedy, Guard guard) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new Application(guard));
    HashLoginService users = new HashLoginService("test");
    users.setUserStore(new UserStore());
    String code = remedy.code();
    if (name.equals("cookie")) {
      code +=
          "\nsessions.setHandler(server.getHandler());\nserver.setHandler(sessions);\n"
              + Remedies.of(Problem.ALLOW_ORIGIN_WILDCARD, Stack.JETTY, RemediesServedTest.FACTS)
                  .orElseThrow()
                  .code();
    }
    JavaSnippet.compile(SOURCE.formatted(code))
        .getMethod("apply", Server.class, LoginService.class)
        .invoke(null, server, users);
    server.start();
    return new Running(connector.getLocalPort(), server::stop);
  }

  private static final class Application extends Handler.Abstract {
    private final Guard guard;

    Application(Guard guard) {
      this.guard = guard;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String path = Request.getPathInContext(request);
      Answer answer = Answer.to(path, request.getHeaders().contains("Authorization"), guard);
      if (answer.status() == Answer.THROWN) {
        Response.writeError(request, response, callback, new IllegalStateException("on purpose"));
        return true;
      }
      if (path.equals("/login")) {
        request.getSession(true).setAttribute("user", "you");
        answer = new Answer(200, answer.headers(), "");
      }
      if (answer.status() == 404) {
        Response.writeError(request, response, callback, 404);
        return true;
      }
      for (var header : answer.headers().entrySet()) {
        response.getHeaders().put(header.getKey(), header.getValue());
      }
      response.setStatus(answer.status());
      response.write(true, StandardCharsets.UTF_8.encode(answer.body()), callback);
      return true;
    }
  }
}
