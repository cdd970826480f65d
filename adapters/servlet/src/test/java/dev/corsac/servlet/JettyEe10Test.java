package dev.corsac.servlet;

import dev.corsac.Cors;
import dev.corsac.contract.Application;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.util.Jetty;

class JettyEe10Test extends JettyTest {

  @Override
  protected String stack() {
    return "Servlet on Jetty " + Jetty.VERSION + " (EE 10)";
  }

  @Override
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
