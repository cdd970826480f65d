package dev.corsac.jaxrs;

import dev.corsac.Cors;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Objects;

/**
 * CORS for a Jakarta REST application: the first request filter and the last response filter.
 *
 * <pre>{@code
 * resourceConfig.register(new CorsFeature(policy));
 * }</pre>
 *
 * <p>An exception that no mapper takes would leave the application without passing a response
 * filter, so one is registered that answers 500 and logs; any of the application's for a more
 * specific type goes before. What the server answers without asking the application, such as a
 * malformed request, carries no CORS headers: in a servlet container prefer the servlet filter.
 * Thread-safe.
 */
public final class CorsFeature implements Feature {
  private static final System.Logger LOGGER = System.getLogger(CorsFeature.class.getName());

  private final Cors cors;

  /**
   * A feature that applies the decisions of {@code cors}, usually a {@link dev.corsac.CorsPolicy}.
   */
  public CorsFeature(Cors cors) {
    this.cors = Objects.requireNonNull(cors, "cors");
  }

  @Override
  public boolean configure(FeatureContext context) {
    // Request filters run in the order of their priorities, response filters in the reverse one;
    // Jersey takes no priority below 1, nor one for each of the two.
    context.register(new CorsFilter(cors), 1);
    context.register(new Unmapped(), Integer.MAX_VALUE);
    return true;
  }

  /** Answers for exceptions that nobody else does. */
  private static final class Unmapped implements ExceptionMapper<Throwable> {

    @Override
    public Response toResponse(Throwable exception) {
      if (exception instanceof WebApplicationException known) {
        return known.getResponse();
      }
      LOGGER.log(System.Logger.Level.ERROR, "An exception that no mapper takes", exception);
      return Response.serverError().build();
    }
  }
}
