package dev.corsac.servlet;

import dev.corsac.Cors;
import dev.corsac.contract.AdapterContract;
import dev.corsac.contract.Application;
import dev.corsac.contract.Server;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Jetty;

class JettyTest extends AdapterContract {

  @Override
  protected String stack() {
    return "Servlet on Jetty " + Jetty.VERSION + " (EE 11)";
  }

  @Override
  protected Server start(Cors cors, Application application) throws Exception {
    org.eclipse.jetty.server.Server jetty = new org.eclipse.jetty.server.Server();
    ServerConnector connector = new ServerConnector(jetty);
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServletContainerInitializer(
        (classes, servletContext) -> CorsFilter.addTo(servletContext, cors));
    ServletHolder holder = new ServletHolder(new ApplicationServlet(application));
    holder.setAsyncSupported(true);
    context.addServlet(holder, "/*");
    ErrorPageErrorHandler pages = new ErrorPageErrorHandler();
    pages.addErrorPage(413, "/error");
    context.setErrorHandler(pages);
    jetty.setHandler(context);
    jetty.start();
    return new Server(connector.getLocalPort(), jetty::stop);
  }
}
