package dev.corsac.servlet;

import dev.corsac.Cors;
import dev.corsac.Decision;
import dev.corsac.Reason;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Objects;

/**
 * CORS for a servlet container; the first filter, ahead of authentication.
 *
 * <pre>{@code
 * CorsFilter.addTo(servletContext, policy);
 * }</pre>
 *
 * <p>Registered by other means, it is mapped to all paths for the dispatcher types REQUEST, ASYNC
 * and ERROR, and supports async. A {@code <security-constraint>} that asks for a login runs before
 * any filter, so it has to leave out OPTIONS.
 *
 * <p>The headers are on the response before the application runs and stay there, whatever it sets,
 * resets, sends or throws, now or on another thread; routes see the whole request URI, context path
 * included. Thread-safe.
 */
public final class CorsFilter implements Filter {
  private final Cors cors;

  /**
   * A filter that applies the decisions of {@code cors}, usually a {@link dev.corsac.CorsPolicy}.
   */
  public CorsFilter(Cors cors) {
    this.cors = Objects.requireNonNull(cors, "cors");
  }

  /** Registers a filter on all paths; call it before other filters are registered. */
  public static FilterRegistration.Dynamic addTo(ServletContext context, Cors cors) {
    FilterRegistration.Dynamic filter = context.addFilter("corsac", new CorsFilter(cors));
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(
        EnumSet.of(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR),
        false,
        "/*");
    return filter;
  }

  @Override
  public void init(FilterConfig config) throws ServletException {
    if (config.getServletContext().getClass().getName().startsWith("org.eclipse.jetty.ee")) {
      JettyErrors.keepHeaders();
      JettyUpgrades.follow();
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest httpRequest = (HttpServletRequest) request;
    HttpServletResponse httpResponse = (HttpServletResponse) response;
    if (GuardedResponse.isIn(response)) {
      // A forward, an include or an async dispatch keeps the response it has.
      chain.doFilter(request, response);
      return;
    }
    if (request.getDispatcherType() != DispatcherType.REQUEST) {
      Object decided = request.getAttribute(GuardedResponse.ATTRIBUTE);
      if (decided != null) {
        chain.doFilter(
            request,
            decided instanceof GuardedResponse earlier ? earlier.again(httpResponse) : response);
        return;
      }
    }
    GuardedRequest guardedRequest = new GuardedRequest(httpRequest);
    Decision decision = cors.decide(guardedRequest);
    if (decision.reason() == Reason.NO_POLICY) {
      // The path of an error page may have a policy, but it is not what was asked for.
      request.setAttribute(GuardedResponse.ATTRIBUTE, decision.reason());
      chain.doFilter(request, response);
      return;
    }
    GuardedResponse guarded = new GuardedResponse(httpRequest, httpResponse, decision);
    if (decision instanceof Decision.Answer answer) {
      httpResponse.setStatus(answer.status());
      return;
    }
    guardedRequest.respondWith(guarded);
    boolean returned = false;
    try {
      chain.doFilter(guardedRequest, guarded);
      returned = true;
    } finally {
      if (!returned) {
        guarded.remember();
      }
    }
  }
}
