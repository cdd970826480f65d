package dev.corsac.jaxrs;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.List;

/** Sets headers as late as an application can: in a response filter. */
public final class LateHeaders implements ContainerResponseFilter {
  static final String PREFIX = "Late-";

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    for (String name : List.copyOf(response.getHeaders().keySet())) {
      if (name.startsWith(PREFIX)) {
        response
            .getHeaders()
            .put(name.substring(PREFIX.length()), response.getHeaders().remove(name));
      }
    }
  }
}
