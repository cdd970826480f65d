package dev.corsac.servlet;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Jetty 12 takes {@code Vary} for a header of the content it drops when an error page replaces it,
 * out of sight of any filter; this puts it back before the page is written.
 *
 * @param pages what answers errors otherwise
 */
record JettyErrors(Request.Handler pages) implements Request.Handler {

  /** Guards the error pages of the context that is starting. */
  static void keepHeaders() {
    ContextHandler context = ContextHandler.getCurrentContextHandler();
    if (context != null && !(context.getErrorHandler() instanceof JettyErrors)) {
      context.setErrorHandler(
          new JettyErrors(ErrorHandler.getErrorHandler(context.getServer(), context)));
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!(request.getAttribute(GuardedResponse.ATTRIBUTE) instanceof GuardedResponse guarded)) {
      return pages.handle(request, response, callback);
    }
    guarded.beginErrorPage();
    try {
      return pages.handle(request, response, callback);
    } catch (RuntimeException | IOException | ServletException e) {
      if (response.isCommitted()) {
        throw e;
      }
      // Jetty sends the error without a page then, again without headers.
      guarded.resetBuffer();
      guarded.apply();
      callback.succeeded();
      return true;
    }
  }
}
