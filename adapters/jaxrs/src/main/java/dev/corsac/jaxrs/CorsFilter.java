package dev.corsac.jaxrs;

import dev.corsac.Cors;
import dev.corsac.CorsRequest;
import dev.corsac.CorsResponse;
import dev.corsac.Decision;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides before a resource is looked for, and writes the headers when the response is done. */
@PreMatching
final class CorsFilter implements ContainerRequestFilter, ContainerResponseFilter {
  private static final String PROPERTY = "dev.corsac.jaxrs.decision";

  /** Servlet 6 section 3.10. */
  private static final String CERTIFICATE = "jakarta.servlet.request.X509Certificate";

  private final Cors cors;

  CorsFilter(Cors cors) {
    this.cors = cors;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    Decision decision = cors.decide(new Request(context));
    context.setProperty(PROPERTY, decision);
    if (decision instanceof Decision.Answer answer) {
      context.abortWith(Response.status(answer.status()).build());
    }
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(PROPERTY) instanceof Decision decision) {
      decision.applyTo(new Head(response));
    }
  }

  /** What the engine looks at. */
  private record Request(ContainerRequestContext context) implements CorsRequest {

    @Override
    public String method() {
      return context.getMethod();
    }

    @Override
    public String path() {
      return CorsRequest.pathOf(context.getUriInfo().getRequestUri().toString());
    }

    @Override
    public @Nullable String header(String name) {
      String line = context.getHeaders().getFirst(name);
      return line == null ? null : line.strip(); // Grizzly leaves tabs
    }

    @Override
    public List<String> headers(String name) {
      return context.getHeaders().getOrDefault(name, List.of());
    }

    /**
     * A servlet container and Grizzly show its attributes as properties; elsewhere only a
     * certificate by which the container authenticated the client is told.
     */
    @Override
    public boolean hasClientCertificate() {
      if (context.getProperty(CERTIFICATE) != null) {
        return true;
      }
      SecurityContext security = context.getSecurityContext();
      return security != null
          && SecurityContext.CLIENT_CERT_AUTH.equals(security.getAuthenticationScheme());
    }
  }

  /** Where the headers go. */
  private record Head(ContainerResponseContext context) implements CorsResponse {

    @Override
    public List<String> headers(String name) {
      MultivaluedMap<String, String> headers = context.getStringHeaders();
      return headers.getOrDefault(name, List.of());
    }

    @Override
    public void setHeader(String name, String value) {
      context.getHeaders().putSingle(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
      context.getHeaders().add(name, value);
    }

    @Override
    public void removeHeader(String name) {
      context.getHeaders().remove(name);
    }
  }
}
