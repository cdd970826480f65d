package dev.corsac.servlet;

import dev.corsac.Cors;
import dev.corsac.contract.AdapterContract;
import dev.corsac.contract.Application;
import dev.corsac.contract.Protocol;
import dev.corsac.contract.Server;
import java.util.EnumSet;
import java.util.Set;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.util.ServerInfo;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.modeler.Registry;

class TomcatTest extends AdapterContract {
  private static final Logger LOGGER = Logger.getLogger("org.apache");

  @Override
  protected String stack() {
    return "Servlet on Tomcat " + ServerInfo.getServerNumber().replaceAll("\\.0$", "");
  }

  @Override
  protected Set<Protocol> protocols() {
    return EnumSet.allOf(Protocol.class);
  }

  @Override
  protected Server start(Cors cors, Application application) throws Exception {
    return start(create(cors, application));
  }

  static Tomcat create(Cors cors, Application application) {
    Tomcat tomcat = create();
    Context context = tomcat.addContext("", null);
    context.addServletContainerInitializer(
        (classes, servletContext) -> CorsFilter.addTo(servletContext, cors), null);
    Wrapper servlet =
        Tomcat.addServlet(context, "application", new ApplicationServlet(application));
    servlet.setAsyncSupported(true);
    servlet.addMapping("/*");
    ErrorPage page = new ErrorPage();
    page.setErrorCode(413);
    page.setLocation("/error");
    context.addErrorPage(page);
    return tomcat;
  }

  /** A server without a context. */
  static Tomcat create() {
    LOGGER.setUseParentHandlers(false); // the application's exceptions, at length
    // Names of MBeans are the JVM's: two servers that start at once would clash.
    Registry.disableRegistry();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir("target/tomcat");
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
    return tomcat;
  }

  static Server start(Tomcat tomcat) throws Exception {
    tomcat.start();
    return new Server(
        tomcat.getConnector().getLocalPort(),
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }
}
