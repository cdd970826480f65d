package dev.corsac.servlet;

import dev.corsac.Cors;
import dev.corsac.contract.AdapterContract;
import dev.corsac.contract.Application;
import dev.corsac.contract.Protocol;
import dev.corsac.contract.Server;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Jetty;

class JettyTest extends AdapterContract {

  @Override
  protected String stack() {
    return "Servlet on Jetty " + Jetty.VERSION + " (EE 11)";
  }

  @Override
  protected Set<Protocol> protocols() {
    return EnumSet.allOf(Protocol.class);
  }

  @Override
  protected Server start(Cors cors, Application application) throws Exception {
    return start(context(cors, application));
  }

  static Server start(Handler handler) throws Exception {
    return start(jetty -> handler);
  }

  static Server start(Function<org.eclipse.jetty.server.Server, Handler> handler) throws Exception {
    org.eclipse.jetty.server.Server jetty = new org.eclipse.jetty.server.Server();
    HttpConfiguration http = new HttpConfiguration();
    return start(
        jetty,
        new ServerConnector(
            jetty, new HttpConnectionFactory(http), new HTTP2CServerConnectionFactory(http)),
        handler.apply(jetty));
  }

  static Server start(
      org.eclipse.jetty.server.Server jetty, ServerConnector connector, Handler handler)
      throws Exception {
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    jetty.setHandler(handler);
    try {
      jetty.start();
    } catch (Exception e) {
      jetty.stop();
      throw e;
    }
    return new Server(connector.getLocalPort(), jetty::stop);
  }

  Handler context(Cors cors, Application application) {
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServletContainerInitializer(
        (classes, servletContext) -> CorsFilter.addTo(servletContext, cors));
    ServletHolder holder = new ServletHolder(new ApplicationServlet(application));
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/*");
    ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
    pages.addErrorPage(413, "/error");
    context.setErrorHandler(pages);
    return context;
  }
}
